// Names what failed and why, where the end of a long log shows it, and ends with "N passed, N failed".
// Takes the paths of vitest's JSON reports, one that is missing counts as a failure; and whether a run FAILED, as 1.
import { existsSync, readFileSync } from 'node:fs';

const REASON_LINES = 12;
const reason = (text) => (text ?? '').split('\n').slice(0, REASON_LINES).join('\n      ');

let passed = 0;
let wrong = 0;
for (const file of process.argv.slice(2)) {
  if (!existsSync(file)) {
    console.log(`✗ no report at ${file}: the tests that write it did not end`);
    wrong += 1;
    continue;
  }
  const report = JSON.parse(readFileSync(file, 'utf8'));
  passed += report.numPassedTests;
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
// The reports don't tell of an error that came outside of any test.
if (wrong === 0 && process.env.FAILED === '1') {
  console.log('✗ a run ended with an error outside of its tests, which is told above');
  wrong = 1;
}
console.log(`${passed} passed, ${wrong} failed`);
process.exit(wrong > 0 ? 1 : 0);
