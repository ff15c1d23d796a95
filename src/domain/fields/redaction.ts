import type { Json } from '../../util/json/json.js';

/** Secrets in texts that are saved, such as tokens and passwords: what is done about them, and what is left of them. */

export const SECRET_POLICIES = ['REDACT', 'REFUSE', 'OFF'] as const;
/** `REDACT`: each is replaced by a marker. `REFUSE`: the write is refused. `OFF`: texts are saved as they are. */
export type SecretPolicy = (typeof SECRET_POLICIES)[number];

/** How many secrets of one kind were replaced by markers. `rule`: the name of the rule that found them, such as `github-token`. */
export type Redaction = Readonly<{ rule: string; count: number }>;

const MARKER = /\[redacted: ([a-z\d][a-z\d-]{0,63})\]/g;
const MARKER_START = '[redacted: ';

/** What stands in the place of a secret. The scanner doesn't take it for one. */
export function markerOf(rule: string): string {
  return `${MARKER_START}${rule}]`;
}

/** The markers in texts, by rule: texts at any depth, and names in objects. */
export function markersIn(values: Iterable<unknown>): readonly Redaction[] {
  const counts = new Map<string, number>();
  for (const value of values) countIn(value as Json, counts);
  return redactionsOf(counts);
}

function countIn(value: Json, counts: Map<string, number>): void {
  if (typeof value === 'string') {
    if (!value.includes(MARKER_START)) return;
    for (const [, rule] of value.matchAll(MARKER)) counts.set(rule!, (counts.get(rule!) ?? 0) + 1);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      countIn(name, counts);
      countIn(inner as Json, counts);
    }
  }
}

/** The sum of redactions, by rule. */
export function sumOfRedactions(lists: Iterable<readonly Redaction[]>): readonly Redaction[] {
  const counts = new Map<string, number>();
  for (const list of lists) for (const { rule, count } of list) counts.set(rule, (counts.get(rule) ?? 0) + count);
  return redactionsOf(counts);
}

/** Counts by rule, sorted by the rules' names. */
export function redactionsOf(counts: ReadonlyMap<string, number>): readonly Redaction[] {
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([rule, count]) => ({ rule, count }));
}
