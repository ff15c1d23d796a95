import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../../src/services/audit/contract.js';
import { toCsv } from '../../../src/services/audit/csv.js';

const ENTRY: AuditEntry = {
  seq: 7,
  at: '2026-01-31T09:30:00.000Z',
  actor: 'key_01 claude',
  requestId: 'r1',
  collection: 'users',
  recordId: 'usr_01',
  version: 2,
  operation: 'UPDATE',
  by: { kind: 'KEY', id: 'key_01', name: 'Agent', client: 'claude' },
  projectId: null,
  summary: 'Changed the user',
  changes: [
    { field: 'name', isHidden: false, before: 'A', after: 'B' },
    { field: 'settings', isHidden: true, before: null, after: null },
  ],
};

/** Parses CSV as RFC 4180 has it. */
function parse(text: string): string[][] {
  return text
    .split('\r\n')
    .slice(0, -1)
    .map((line) => [...line.matchAll(/(?:^|,)"((?:[^"]|"")*)"/g)].map(([, value]) => value!.replaceAll('""', '"')));
}

describe('the audit as CSV', () => {
  it('has a header, then a row for each entry with as many values', () => {
    const [header, row, ...rest] = parse(toCsv([ENTRY], true));
    expect(rest).toEqual([]);
    expect(Object.fromEntries(header!.map((name, index) => [name, row![index]]))).toEqual({
      ...{ seq: '7', at: ENTRY.at, actor: 'key_01 claude', actorKind: 'KEY', actorName: 'Agent', client: 'claude' },
      ...{ operation: 'UPDATE', collection: 'users', recordId: 'usr_01', version: '2', projectId: '', requestId: 'r1' },
      summary: 'Changed the user',
      changes: '[{"field":"name","before":"A","after":"B"},{"field":"settings"}]',
    });
  });

  it('has no header in later parts, and lets quotes and line ends be part of a value', () => {
    const text = toCsv([{ ...ENTRY, summary: 'He said "no",\nthen left' }], false);
    expect(text).toContain('"He said ""no"",\nthen left"');
    expect(parse(text.replaceAll('\n', '\\n').replaceAll('\r\\n', '\r\n'))).toHaveLength(1);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1'])('gives a spreadsheet no formula: %j', (client) => {
    const text = toCsv([{ ...ENTRY, actor: client, by: { ...ENTRY.by, name: client, client } }], false);
    expect(text.split(`"'${client}"`)).toHaveLength(4);
    expect(text).not.toContain(`"${client}`);
  });
});
