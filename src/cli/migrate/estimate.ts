import { bytes, count, dollars, duration, plural } from '../amounts.js';
import type { EstimateFieldsFragment } from '../gql/graphql.js';
import type { Output } from '../output.js';
import { printTable } from '../table.js';

/** Prints the cost of a move, and the checks. */
export function printEstimate(output: Output, estimate: EstimateFieldsFragment): void {
  const { checks, collections, vectors, isSameModel, fromModel, toModel, tokens, seconds } = estimate;
  printChecks(output, checks);
  output.line();
  printTable(
    output,
    ['collection', 'records>', 'size>'],
    collections.map(({ name, records, bytes: size }) => [name, count(records), bytes(size)]),
  );
  output.line();
  output.line(`Size      ${bytes(estimate.bytes)}`);
  const how = isSameModel ? `copied (${toModel} on both sides)` : `re-embedded (${fromModel} → ${toModel})`;
  output.line(`Vectors   ${plural(vectors, 'memory', 'memories')}, ${how}`);
  if (!isSameModel) output.line(`Tokens    ${count(tokens)}, ${dollars(estimate.dollars)}`);
  output.line(`Time      ${seconds === null ? 'unknown' : `about ${duration(seconds)}`}, while writes continue`);
}

const MARKS = {
  PASSED: ['green', 'ok'],
  WARNING: ['yellow', 'warning'],
  FAILED: ['red', 'failed'],
  SKIPPED: ['dim', 'skipped'],
} as const;

interface Check {
  readonly name: string;
  readonly outcome: keyof typeof MARKS;
  readonly ms: number;
  readonly message: string;
  readonly hint: string | null;
}

/** Prints the checks, one line each, with a hint for those that didn't pass. */
export function printChecks(output: Output, checks: readonly Check[]): void {
  const rows = checks.map(({ name, outcome, ms, message, hint }) => {
    const [style, word] = MARKS[outcome];
    const advice = hint && outcome !== 'PASSED' ? ` ${hint}` : '';
    return [
      output.style(style, word),
      name.toLowerCase().replaceAll('_', ' '),
      `${Math.round(ms)} ms`,
      message + advice,
    ];
  });
  printTable(output, ['', 'check', 'took>', 'what was found'], rows);
}
