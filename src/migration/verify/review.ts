import type { LogEntry } from '../../domain/log-entry.js';
import type { Store } from '../../storage/store.js';
import type { Mutex } from '../../util/mutex.js';
import { type Comparison, compareKeys, type Mismatch } from '../transfer/compare.js';
import { inGroups } from '../transfer/pages.js';
import type { RecordStream, StreamItem } from '../transfer/record-stream.js';
import { createTransfer } from '../transfer/transfer.js';

/** How what differs is copied again. */
export interface Repair {
  /** The target's, negative. */
  readonly epoch: number;
  /** Copies while nothing is replayed, so that nothing older overwrites something newer. Left out: nothing is replayed meanwhile. */
  readonly exclusively?: Mutex | undefined;
}

export interface ReviewOptions {
  readonly source: Store;
  readonly target: Store;
  /** The entry of the source's log up to which the target has everything: later ones are replayed. */
  readonly since: number;
  readonly repair: Repair | null;
  readonly isRejected: (collection: string, id: string) => Promise<boolean>;
}

/** Tells lag from mismatch, and repairs. */
export interface Review {
  /** Reviews items that were compared once. */
  of(stream: RecordStream, page: readonly Comparison[]): Promise<Reviewed>;
}

/** The comparisons of a page, with what is left of its mismatches. */
export interface Reviewed {
  /** All but the rejected ones, as they were when last compared. */
  readonly comparisons: readonly Comparison[];
  readonly mismatches: readonly Mismatch[];
  /** What differed until it was copied again. */
  readonly repaired: readonly Mismatch[];
}

const atOnce: Mutex = (work) => work();
/** How often an item that keeps changing is compared. */
const MAX_ROUNDS = 8;

export function createReview({ source, target, since, repair, isRejected }: ReviewOptions): Review {
  /**
   * Compares again until each item is the same on both sides, or was written meanwhile and so is compared as it is
   * replayed. One that differs twice without having changed is a mismatch. It waits for no replay.
   */
  async function settle(stream: RecordStream, keys: readonly string[]): Promise<ReadonlyMap<string, Comparison>> {
    const settled = new Map<string, Comparison>();
    const seen = new Map<string, string | null>();
    let open = keys;
    for (let round = 0; open.length > 0 && round < MAX_ROUNDS; round += 1) {
      const comparisons = await compareKeys(stream, source, target, open);
      const written = await writtenOf(stream, comparisons);
      const unsure: string[] = [];
      for (const comparison of comparisons) {
        const { key, digest, mismatch } = comparison;
        if (written.has(key)) settled.set(key, { ...comparison, mismatch: null });
        else if (!mismatch || seen.get(key) === digest) settled.set(key, comparison);
        else unsure.push(key);
        seen.set(key, digest);
      }
      open = unsure;
    }
    // It changes faster than it can be compared: each change is compared as it is replayed.
    for (const key of open) settled.set(key, { key, digest: seen.get(key) ?? null, mismatch: null });
    return settled;
  }

  /** The differing items that were written since. Of an entry only the image changes: a purge of its record erases it. */
  async function writtenOf(stream: RecordStream, comparisons: readonly Comparison[]): Promise<ReadonlySet<string>> {
    const keys = comparisons
      .filter(({ mismatch }) => mismatch && (!stream.isLog || isOfImage(mismatch)))
      .map(({ key }) => key);
    if (keys.length === 0) return new Set();
    const ids = stream.isLog ? (await stream.get(source, keys)).map(recordOf) : keys;
    const lasts = await source.log.ofEach(ids, 'LAST', since);
    return new Set(
      keys.filter((_, index) => {
        const last = lasts[index];
        return stream.isLog ? last?.operation === 'PURGE' : last !== null;
      }),
    );
  }

  /** Copies what differs again. @returns why the target couldn't take it, by key */
  async function copyAgain(
    stream: RecordStream,
    { epoch, exclusively = atOnce }: Repair,
    keys: readonly string[],
  ): Promise<ReadonlyMap<string, string>> {
    const refusals = new Map<string, string>();
    const onReject = async ({ recordId, reason }: { readonly recordId: string; readonly reason: string }) =>
      void refusals.set(recordId, reason);
    const transfer = createTransfer({ source, target, epoch, onReject });
    for (const { keys: group, learn } of inGroups(keys)) {
      await exclusively(async () => {
        const found = await stream.get(source, group);
        learn(found);
        const gone = stream.isLog ? [] : group.filter((_, index) => !found[index]);
        await transfer.write({
          items: found.filter((item) => item !== null),
          removed: gone.map((id) => ({ collection: stream.name, id })),
        });
      });
    }
    return refusals;
  }

  return {
    async of(stream, page) {
      const suspects = page.filter(({ mismatch }) => mismatch).map(({ key }) => key);
      if (suspects.length === 0) return { comparisons: page, mismatches: [], repaired: [] };
      const settled = new Map(await settle(stream, suspects));
      const rejected = new Set<string>();
      const found = new Map<string, Mismatch>();
      for (const { key, mismatch } of settled.values()) {
        if (!mismatch) continue;
        if (await isRejected(stream.name, key)) rejected.add(key);
        else found.set(key, mismatch);
      }
      const refusals = repair && found.size > 0 ? await copyAgain(stream, repair, [...found.keys()]) : null;
      if (refusals) for (const [key, each] of await settle(stream, [...found.keys()])) settled.set(key, each);
      const mismatches: Mismatch[] = [];
      const repaired: Mismatch[] = [];
      for (const [key, mismatch] of found) {
        const now = settled.get(key)?.mismatch;
        if (now) mismatches.push({ ...now, reason: refusals?.get(key) ?? now.reason });
        else repaired.push(mismatch);
      }
      const comparisons = page.filter(({ key }) => !rejected.has(key)).map((each) => settled.get(each.key) ?? each);
      return { comparisons, mismatches, repaired };
    },
  };
}

/** The record that an entry is about; empty when there is no entry. */
const recordOf = (item: StreamItem | null): string => (item?.kind === 'entry' ? item.value.recordId : '');

/** Whether an entry differs in its image alone. */
const isOfImage = ({ differing }: Mismatch): boolean =>
  differing.length > 0 && differing.every((name) => IMAGE.includes(name));
const IMAGE: readonly string[] = ['before', 'isErased'] satisfies readonly (keyof LogEntry)[];
