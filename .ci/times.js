import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * A file's tests may take so long beside three others on two cores; alone, it is about a third of that. Longer ones hold up
 * who changes something, so each has its reason here.
 */
export const LONGEST_SECONDS = 120;
const LONG = {
  'test/rare/newer-node.test.ts': 'runs a part of the tests, on another release of Node',
};

/** The seconds that each file took by vitest's JSON reports, the least where several have it: beside others it waits for them. */
export function timesOf(paths) {
  const times = new Map();
  for (const path of paths.filter(existsSync))
    for (const [name, seconds] of timesIn(JSON.parse(readFileSync(path, 'utf8'))))
      times.set(name, Math.min(seconds, times.get(name) ?? Number.POSITIVE_INFINITY));
  return times;
}

/** The same of one report; of a file that was run in several storage modes, the most. */
function timesIn({ testResults }) {
  const times = new Map();
  for (const { name, startTime, endTime } of testResults) {
    const file = relative('.', name);
    times.set(file, Math.max((endTime - startTime) / 1000, times.get(file) ?? 0));
  }
  return times;
}

/** The files that took too long without a reason. */
export const tooLong = (times) =>
  [...times].filter(([name, seconds]) => seconds > LONGEST_SECONDS && !(name in LONG)).map(([name]) => name);

// Run alone, it prints those of some reports.
if (import.meta.url === pathToFileURL(process.argv[1]).href)
  for (const name of tooLong(timesOf(process.argv.slice(2)))) console.log(name);
