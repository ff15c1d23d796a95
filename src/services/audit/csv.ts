import type { Json } from '../../util/json/json.js';
import type { AuditEntry } from './contract.js';

/** The columns, in their order. */
const COLUMNS: readonly (readonly [name: string, read: (entry: AuditEntry) => string | number | null])[] = [
  ['seq', ({ seq }) => seq],
  ['at', ({ at }) => at],
  ['actor', ({ actor }) => actor],
  ['actorKind', ({ by }) => by.kind],
  ['actorName', ({ by }) => by.name],
  ['client', ({ by }) => by.client],
  ['operation', ({ operation }) => operation],
  ['collection', ({ collection }) => collection],
  ['recordId', ({ recordId }) => recordId],
  ['version', ({ version }) => version],
  ['projectId', ({ projectId }) => projectId],
  ['requestId', ({ requestId }) => requestId],
  ['summary', ({ summary }) => summary],
  [
    'changes',
    ({ changes }) => changes && JSON.stringify(changes.map(({ isHidden, ...change }) => textOf(isHidden, change))),
  ],
];

/** What begins a text that a spreadsheet would run as a formula. */
const FORMULA = /^[=+\-@\t\r\n]/;

/** Entries as RFC 4180 has it: every value in quotes, lines end with CRLF. */
export function toCsv(entries: readonly AuditEntry[], hasHeader: boolean): string {
  const header = COLUMNS.map(([name]) => name);
  const rows = entries.map((entry) => COLUMNS.map(([, read]) => read(entry)));
  return [...(hasHeader ? [header] : []), ...rows].map((row) => `${row.map(quoted).join(',')}\r\n`).join('');
}

function quoted(value: string | number | null): string {
  const text = String(value ?? '');
  return `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

function textOf(
  isHidden: boolean,
  { field, before, after }: { readonly field: string; readonly before: Json; readonly after: Json },
): Json {
  return isHidden ? { field } : { field, before, after };
}
