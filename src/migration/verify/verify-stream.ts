import type { LogEntry } from '../../domain/log-entry.js';
import type { Store } from '../../storage/store.js';
import { type Comparison, comparePages, type Mismatch } from '../transfer/compare.js';
import { digestWith, NO_DIGEST } from '../transfer/digest.js';
import { readAhead, withRests } from '../transfer/page-scheduling.js';
import { LOG, type RecordStream } from '../transfer/record-stream.js';
import type { Reviewed } from './review.js';
import type { VerifyOptions, VerifyStep } from './verify-step.js';

/** How one scheme of verification treats the differences of a stream. */
export interface StreamScheme extends Pick<VerifyOptions, 'rest' | 'signal'> {
  readonly source: Store;
  readonly target: Store;
  /** Decides which differences of a page are mismatches. */
  review(stream: RecordStream, page: readonly Comparison[]): Promise<Reviewed>;
  /** Entries past the end of the log that is compared. */
  extraEntries(): Promise<readonly Mismatch[]>;
}

/**
 * Compares a stream on both sides, a step for each page and one at its end.
 * @throws the signal's reason, what the scheme throws, StoreError
 */
export async function* verifyStream(
  stream: RecordStream,
  from: VerifyOptions['from'],
  scheme: StreamScheme,
): AsyncGenerator<VerifyStep> {
  const { source, target, rest, signal } = scheme;
  let digest = from?.digest || NO_DIGEST;
  let after = from?.after ?? null;
  const step = (compared: number, mismatches: readonly Mismatch[], repaired: readonly Mismatch[]): VerifyStep => ({
    ...{ at: { collection: stream.name, after }, compared, mismatches, repaired, digest },
  });
  for await (const page of readAhead(withRests(comparePages(stream, source, target, after), rest))) {
    signal?.throwIfAborted();
    const { comparisons, mismatches, repaired } = await scheme.review(stream, page);
    for (const each of comparisons) if (each.digest !== null) digest = digestWith(digest, each.digest);
    after = page.at(-1)!.key;
    yield step(comparisons.length, mismatches, repaired);
  }
  const extra = stream.isLog ? await scheme.extraEntries() : [];
  yield step(extra.length, extra, []);
}

/** How many extra entries are listed. */
const MAX_LISTED = 100;

/** The first entries of a log after the one that should be its last, each with what is wrong with it. */
export async function extraEntriesOf(
  { log }: Store,
  last: number,
  reasonFor: (entry: LogEntry) => string,
): Promise<readonly Mismatch[]> {
  const entries = await log.read(last, MAX_LISTED);
  return entries.map((entry) => ({
    ...{ collection: LOG, recordId: `${entry.seq}`, differing: [], reason: reasonFor(entry) },
  }));
}
