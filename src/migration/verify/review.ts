import type { LogEntry } from '../../domain/log-entry.js';
import type { Store } from '../../storage/store.js';
import type { Mutex } from '../../util/mutex.js';
import { type Comparison, lookAt, type Mismatch } from '../transfer/compare.js';
import { createPageLimit, inGroups } from '../transfer/pages.js';
import type { RecordStream, StreamItem } from '../transfer/record-stream.js';
import { createTransfer } from '../transfer/transfer.js';

/** How what differs is copied again. */
export interface Repair {
  /** The target's, negative. */
  readonly epoch: number;
  /** Copies while nothing is replayed, so that nothing older covers something newer. Left out: nothing is replayed meanwhile. */
  readonly exclusively?: Mutex | undefined;
}

export interface ReviewOptions {
  readonly source: Store;
  readonly target: Store;
  /** Up to which entry of the source's log the target has everything: what is written after it comes by replaying. */
  readonly since: number;
  readonly repair: Repair | null;
  readonly isRejected: (collection: string, id: string) => Promise<boolean>;
}

/** Tells lag from mismatch, and mends. */
export interface Review {
  /** What is to be said of things that were looked at once. */
  of(stream: RecordStream, looks: readonly Comparison[]): Promise<Reviewed>;
}

export interface Reviewed {
  /** All but what was rejected, as it stood when it was looked at last. */
  readonly looks: readonly Comparison[];
  readonly mismatches: readonly Mismatch[];
  readonly repaired: readonly Mismatch[];
}

const atOnce: Mutex = (work) => work();
/** How often something that keeps changing is looked at. */
const LOOKS = 8;

export function createReview({ source, target, since, repair, isRejected }: ReviewOptions): Review {
  /**
   * Looks again until each is the same on both sides, or was written meanwhile: then it is compared as it is replayed. One
   * that isn't, and is found different twice without having changed, is. It waits for no replay.
   */
  async function settle(stream: RecordStream, keys: readonly string[]): Promise<ReadonlyMap<string, Comparison>> {
    const settled = new Map<string, Comparison>();
    const seen = new Map<string, string | null>();
    let open = keys;
    for (let looked = 0; open.length > 0 && looked < LOOKS; looked += 1) {
      const looks = await lookAt(stream, source, target, open);
      const written = await writtenOf(stream, looks);
      const unsure: string[] = [];
      for (const look of looks) {
        if (written.has(look.key)) settled.set(look.key, { ...look, mismatch: null });
        else if (!look.mismatch || seen.get(look.key) === look.digest) settled.set(look.key, look);
        else unsure.push(look.key);
        seen.set(look.key, look.digest);
      }
      open = unsure;
    }
    // It changes faster than it can be looked at: each change is compared as it is replayed.
    for (const key of open) settled.set(key, { key, digest: seen.get(key) ?? null, mismatch: null });
    return settled;
  }

  /** Which of those that differ were written since. Of an entry, nothing is but its image: a purge of its record erases that. */
  async function writtenOf(stream: RecordStream, looks: readonly Comparison[]): Promise<ReadonlySet<string>> {
    const keys = looks
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

  /** Copies again what differs; says why the target couldn't take it. */
  async function mend(
    stream: RecordStream,
    { epoch, exclusively = atOnce }: Repair,
    keys: readonly string[],
  ): Promise<ReadonlyMap<string, string>> {
    const refusals = new Map<string, string>();
    const onReject = async ({ recordId, reason }: { readonly recordId: string; readonly reason: string }) =>
      void refusals.set(recordId, reason);
    const transfer = createTransfer({ source, target, epoch, onReject });
    const limit = createPageLimit(keys.length);
    for await (const group of inGroups(keys, limit)) {
      await exclusively(async () => {
        const found = await stream.get(source, group);
        limit.saw(found);
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
    async of(stream, first) {
      const suspects = first.filter(({ mismatch }) => mismatch).map(({ key }) => key);
      if (suspects.length === 0) return { looks: first, mismatches: [], repaired: [] };
      const settled = new Map(await settle(stream, suspects));
      const rejected = new Set<string>();
      const found = new Map<string, Mismatch>();
      for (const { key, mismatch } of settled.values()) {
        if (!mismatch) continue;
        if (await isRejected(stream.name, key)) rejected.add(key);
        else found.set(key, mismatch);
      }
      const mended = repair && found.size > 0 ? await mend(stream, repair, [...found.keys()]) : null;
      if (mended) for (const [key, look] of await settle(stream, [...found.keys()])) settled.set(key, look);
      const mismatches: Mismatch[] = [];
      const repaired: Mismatch[] = [];
      for (const [key, mismatch] of found) {
        const now = settled.get(key)?.mismatch;
        if (now) mismatches.push({ ...now, reason: mended?.get(key) ?? now.reason });
        else repaired.push(mismatch);
      }
      const looks = first.filter(({ key }) => !rejected.has(key)).map((look) => settled.get(look.key) ?? look);
      return { looks, mismatches, repaired };
    },
  };
}

/** The record that an entry is about; none of one that isn't there. */
const recordOf = (item: StreamItem | null): string => (item?.kind === 'entry' ? item.value.recordId : '');

/** Whether an entry differs in nothing but what it was before. */
const isOfImage = ({ differing }: Mismatch): boolean =>
  differing.length > 0 && differing.every((name) => IMAGE.includes(name));
const IMAGE: readonly string[] = ['before', 'isErased'] satisfies readonly (keyof LogEntry)[];
