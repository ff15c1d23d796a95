import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** CPU time, user and system: unlike a wall time, it is nearly the same on a machine that has other work. */

/** Milliseconds that a running process has used so far, all of its threads together. Linux only. */
export function cpuOf(pid: number): number {
  const tasks = `/proc/${pid}/task`;
  const nanoseconds = readdirSync(tasks).map((task) => {
    try {
      return Number(readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ')[0]);
    } catch {
      // The thread ended meanwhile.
      return 0;
    }
  });
  return nanoseconds.reduce((sum, each) => sum + each, 0) / 1e6;
}

/** Megabytes of memory that a process has resident. */
export function residentMegabytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1_024;
}

export interface Program {
  readonly args: readonly string[];
  readonly input: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Makes a function that runs a program of Node to its end. @returns the milliseconds of CPU that it took */
export async function createCpuMeter(folder: string): Promise<(program: Program) => Promise<number>> {
  const report = join(folder, 'report-cpu.cjs');
  await writeFile(
    report,
    `process.on('exit', () => {
       const { user, system } = process.cpuUsage();
       require('node:fs').writeSync(3, String((user + system) / 1000));
     });`,
  );
  return async ({ args, input, env }) => {
    const child = spawn(process.execPath, ['--require', report, ...args], {
      env: { ...process.env, ...env },
      stdio: ['pipe', 'ignore', 'inherit', 'pipe'],
    });
    child.stdin!.end(input);
    return Number(await text(child.stdio[3] as NodeJS.ReadableStream));
  };
}
