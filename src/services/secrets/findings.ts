import type { FoundSecret } from './examine.js';

/** Secrets of one kind in a field of a record, in what it is and in what it was. */
export interface SecretFinding extends FoundSecret {
  readonly recordId: string;
  /** How many there are in the record; or, when it has none any more, the most that an entry of its history has. */
  readonly count: number;
  /** Whether the record has them, rather than only its history. */
  readonly isCurrent: boolean;
  /** How many entries of the log have them in what the record was before. */
  readonly entries: number;
}

/** How often a rule found something. */
export interface RuleCount {
  readonly rule: string;
  readonly records: number;
  readonly entries: number;
}

/** What a scan found: counts of everything, and the first findings. Its size is bounded. */
export interface Findings {
  addRecord(recordId: string, found: readonly FoundSecret[]): void;
  /** @param isIn whether the record has these still; asked only for those that aren't known and will be listed */
  addEntry(
    recordId: string,
    found: readonly FoundSecret[],
    isIn: (each: FoundSecret) => Promise<boolean>,
  ): Promise<void>;
  readonly list: () => readonly SecretFinding[];
  readonly hasMore: () => boolean;
  readonly rules: () => readonly RuleCount[];
}

/** @param most how many findings are listed */
export function createFindings(most: number): Findings {
  const listed = new Map<string, SecretFinding>();
  const rules = new Map<string, RuleCount>();
  let isCut = false;
  const keyOf = (recordId: string, { field, rule }: FoundSecret) => `${recordId} ${field} ${rule}`;

  function countRules(found: readonly FoundSecret[], where: 'records' | 'entries'): void {
    for (const rule of new Set(found.map((each) => each.rule))) {
      const known = rules.get(rule) ?? { rule, records: 0, entries: 0 };
      rules.set(rule, { ...known, [where]: known[where] + 1 });
    }
  }

  return {
    addRecord(recordId, found) {
      countRules(found, 'records');
      for (const each of found) {
        if (listed.size >= most) isCut = true;
        else listed.set(keyOf(recordId, each), { ...each, recordId, isCurrent: true, entries: 0 });
      }
    },
    async addEntry(recordId, found, isIn) {
      countRules(found, 'entries');
      for (const each of found) {
        const key = keyOf(recordId, each);
        const known = listed.get(key);
        if (known) {
          const count = known.isCurrent ? known.count : Math.max(known.count, each.count);
          listed.set(key, { ...known, count, entries: known.entries + 1 });
        } else if (listed.size >= most) isCut = true;
        else listed.set(key, { ...each, recordId, isCurrent: await isIn(each), entries: 1 });
      }
    },
    list: () => [...listed.values()],
    hasMore: () => isCut,
    rules: () => [...rules.values()].sort((a, b) => (a.rule < b.rule ? -1 : 1)),
  };
}
