// Names what failed and why, where the end of a long log shows it, which files took longest, and ends with
// "N passed, N failed". Takes the paths of vitest's JSON reports, one that is missing counts as a failure; and whether a
// run FAILED, as 1. ALONE is the path of the report on files that took long, run again without others; there may be none.
import { existsSync, readFileSync } from 'node:fs';
import { LONGEST_SECONDS, timesOf, tooLong } from './times.js';

const REASON_LINES = 12;
const SLOWEST = 10;

const reason = (text) => (text ?? '').split('\n').slice(0, REASON_LINES).join('\n      ');

let passed = 0;
let wrong = 0;
const fail = (text) => {
  console.log(`✗ ${text}`);
  wrong += 1;
};
const paths = process.argv.slice(2);
for (const path of paths) {
  if (!existsSync(path)) {
    fail(`no report at ${path}: the tests that write it did not end`);
    continue;
  }
  const report = JSON.parse(readFileSync(path, 'utf8'));
  passed += report.numPassedTests;
  if (report.numPassedTests === 0) fail(`no test of ${path} passed: nothing was run`);
  // A file that could not be loaded has no tests of its own to count.
  wrong += Math.max(report.numFailedTests, report.success ? 0 : 1);
  for (const suite of report.testResults) {
    const failed = suite.assertionResults.filter(({ status }) => status === 'failed');
    for (const test of failed)
      console.log(`✗ ${suite.name}\n    ${test.fullName}\n      ${reason(test.failureMessages[0])}`);
    if (suite.status === 'failed' && failed.length === 0)
      console.log(`✗ ${suite.name}\n      ${reason(suite.message)}`);
  }
}
// The reports don't have an error that came from outside the tests.
if (wrong === 0 && process.env.FAILED === '1') fail('a run ended with an error outside of its tests, reported above');

const times = timesOf(paths);
console.log('The slowest files:');
for (const [name, seconds] of [...times].sort(([, a], [, b]) => b - a).slice(0, SLOWEST))
  console.log(`${seconds.toFixed(1).padStart(7)} s  ${name}`);
for (const name of tooLong(timesOf([...paths, process.env.ALONE ?? '']))) {
  fail(
    `${name} took over ${LONGEST_SECONDS} s, alone too: make it shorter, run parts of it with test:all only, or list it with its reason`,
  );
}
console.log(`${passed} passed, ${wrong} failed`);
process.exit(wrong > 0 ? 1 : 0);
