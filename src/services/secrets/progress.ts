import type { RecordBase } from '../../domain/record.js';
import { nextTurn } from '../../util/async.js';
import { sizeOf } from '../../util/json/json.js';
import { type Examined, examine, type RedactValues } from './examine.js';
import { createFindings, type Findings } from './findings.js';

type Counts = { -readonly [K in keyof typeof NONE]: number };

/** What one call has searched, found and redacted so far. */
export interface Progress {
  readonly findings: Findings;
  readonly counts: Counts;
  /** Searches a record, or what it was. After much text, others get their turn. */
  examine<T extends RecordBase>(collection: string, record: T, isImage: boolean): Promise<Examined<T>>;
}

const NONE = {
  recordsScanned: 0,
  entriesScanned: 0,
  recordsRedacted: 0,
  entriesRedacted: 0,
  recordsLeft: 0,
  entriesLeft: 0,
};

/** How many findings a call lists. */
const MOST_FINDINGS = 100;
/** The characters that are searched before others get their turn: a millisecond's work or two. */
const TURN_CHARACTERS = 131_072;

export function createProgress(redactValues: RedactValues): Progress {
  let searched = 0;
  return {
    findings: createFindings(MOST_FINDINGS),
    counts: { ...NONE },
    async examine(collection, record, isImage) {
      searched += sizeOf(record);
      if (searched > TURN_CHARACTERS) {
        searched = 0;
        await nextTurn();
      }
      return examine(redactValues, collection, record, isImage);
    },
  };
}
