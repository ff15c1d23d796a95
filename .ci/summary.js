// Names what failed and why, where the end of a long log shows it, which files took longest, and ends with
// "N passed, N failed". Takes the paths of vitest's JSON reports, one that is missing counts as a failure; and whether a
// run FAILED, as 1.
import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

const REASON_LINES = 12;
const SLOWEST = 10;
/**
 * Of a file's tests, where the run takes six minutes; as much longer as the run takes on a machine that is slower or has
 * other work. Longer ones hold up who changes something, so each has its reason here.
 */
const LONGEST_SECONDS = 60;
const LONGEST_PART = 1 / 6;
const LONG = {
  'test/rare/newer-node.test.ts': 'runs a part of the tests, on another release of Node',
};

const reason = (text) => (text ?? '').split('\n').slice(0, REASON_LINES).join('\n      ');

let passed = 0;
let wrong = 0;
const fail = (text) => {
  console.log(`✗ ${text}`);
  wrong += 1;
};
const files = [];
for (const path of process.argv.slice(2)) {
  if (!existsSync(path)) {
    fail(`no report at ${path}: the tests that write it did not end`);
    continue;
  }
  const report = JSON.parse(readFileSync(path, 'utf8'));
  passed += report.numPassedTests;
  if (report.numPassedTests === 0) fail(`no test of ${path} passed: nothing was run`);
  const seconds = (Math.max(...report.testResults.map(({ endTime }) => endTime)) - report.startTime) / 1000;
  const longest = Math.max(LONGEST_SECONDS, seconds * LONGEST_PART);
  // A file that could not be loaded has no tests of its own to count.
  wrong += Math.max(report.numFailedTests, report.success ? 0 : 1);
  for (const suite of report.testResults) {
    files.push({ name: relative('.', suite.name), seconds: (suite.endTime - suite.startTime) / 1000, longest });
    const failed = suite.assertionResults.filter(({ status }) => status === 'failed');
    for (const test of failed)
      console.log(`✗ ${suite.name}\n    ${test.fullName}\n      ${reason(test.failureMessages[0])}`);
    if (suite.status === 'failed' && failed.length === 0)
      console.log(`✗ ${suite.name}\n      ${reason(suite.message)}`);
  }
}
// The reports don't tell of an error that came outside of any test.
if (wrong === 0 && process.env.FAILED === '1')
  fail('a run ended with an error outside of its tests, which is told above');

files.sort((a, b) => b.seconds - a.seconds);
console.log('The slowest files:');
for (const { name, seconds } of files.slice(0, SLOWEST)) console.log(`${seconds.toFixed(1).padStart(7)} s  ${name}`);
for (const { name, seconds, longest } of files) {
  if (seconds > longest && !(name in LONG))
    fail(
      `${name} took ${seconds.toFixed(0)} s: make it shorter, run parts of it with test:all only, or list it with its reason`,
    );
}
console.log(`${passed} passed, ${wrong} failed`);
process.exit(wrong > 0 ? 1 : 0);
