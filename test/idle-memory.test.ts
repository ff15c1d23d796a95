import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

/** Fills the heap with what is garbage at once, then only reports the size of the heap. */
const PROGRAM = `
const { collectWhenIdle } = await import(${JSON.stringify(pathToFileURL('dist/src/idle-memory.js').href)});
collectWhenIdle(500);
const { getHeapStatistics } = await import('node:v8');
let load = Array.from({ length: 300 }, () => Array.from({ length: 100_000 }, (_, n) => n + 0.5));
console.log(getHeapStatistics().total_heap_size);
load = null;
setInterval(() => console.log(getHeapStatistics().total_heap_size), 500);
`;

it('an idle process releases the memory that a load left', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const sizes: number[] = [];
  for await (const line of createInterface(child.stdout)) {
    sizes.push(Number(line));
    if (sizes.at(-1)! < sizes[0]! / 3) break;
  }
  expect(sizes[0]).toBeGreaterThan(200 * 1024 * 1024);
  expect(sizes.at(-1)).toBeLessThan(sizes[0]! / 3);
  child.kill();
  await once(child, 'exit');
});
