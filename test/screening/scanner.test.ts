import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { createScanner, MOST_INLINE } from '../../src/screening/scanner.js';
import { MARKER, SECRET } from '../support/secrets.js';
import { makeFolder } from '../support/temporary.js';

const LONG = `${'All hands on deck. '.repeat(MOST_INLINE / 16)}${SECRET}`;

function start(url?: URL) {
  const scanner = createScanner(url);
  onTestFinished(() => scanner.close());
  return scanner;
}

it('redacts texts and JSON, each for itself, in their order', async () => {
  const redacted = await start().redact([SECRET, 'Ahoy', { token: [SECRET] }]);
  expect(redacted.map(({ value }) => value)).toEqual([MARKER, 'Ahoy', { token: [MARKER] }]);
  expect(redacted.map(({ redactions }) => redactions.length)).toEqual([1, 0, 1]);
});

it('scans large texts in another thread, while this one does other work', async () => {
  const scanner = start();
  let isDone = false;
  const scanning = scanner.redact([LONG, SECRET]).then((redacted) => {
    isDone = true;
    return redacted;
  });
  for (let turn = 0; turn < 3; turn += 1) await Promise.resolve();
  expect(isDone).toBe(false);
  const [long, short] = await scanning;
  expect(String(long!.value).endsWith(MARKER)).toBe(true);
  expect(short!.value).toBe(MARKER);
});

it('answers calls that are made at once, and after it was closed', async () => {
  const scanner = start();
  const all = await Promise.all(Array.from({ length: 5 }, (_, n) => scanner.redact([LONG, String(n)])));
  expect(all.map(([, number]) => number!.value)).toEqual(['0', '1', '2', '3', '4']);
  await scanner.close();
  await scanner.close();
  expect((await scanner.redact([LONG]))[0]!.redactions).toHaveLength(1);
});

it.each([
  ['ends', 'process.exit(1);'],
  ['fails', "throw new Error('it broke');"],
  ['ends with a call', "require('node:worker_threads').parentPort.on('message', () => process.exit(1));"],
])('scans them itself when the thread %s: nothing is saved unscanned', async (_how, code) => {
  const path = join(await makeFolder(), 'thread.cjs');
  writeFileSync(path, code);
  const [long] = await start(pathToFileURL(path)).redact([LONG]);
  expect(String(long!.value).endsWith(MARKER)).toBe(true);
});
