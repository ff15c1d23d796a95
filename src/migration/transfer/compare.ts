import type { Store } from '../../storage/store.js';
import { isSameCanonical } from '../../util/canonical-json.js';
import { differingFields, digestOf } from './digest.js';
import { createPageLimit, inGroups } from './pages.js';
import type { RecordStream, StreamItem } from './record-stream.js';

/** One record, or entry of the log, that isn't the same on both sides. */
export interface Mismatch {
  /** Of the record; `log` for an entry, `vectors` for what a memory is found by. */
  readonly collection: string;
  /** Id of the record, or the entry's number. */
  readonly recordId: string;
  /** Names of the fields that differ; empty when one side lacks it. */
  readonly differing: readonly string[];
  /** What is the matter, in words. */
  readonly reason: string;
}

/** How one thing stood on both sides when it was looked at. */
export interface Comparison {
  readonly key: string;
  /** Of the source's; null when it has none. */
  readonly digest: string | null;
  /** Null when both have the same, or neither has it. */
  readonly mismatch: Mismatch | null;
}

/** Compares what both sides have under one key. Of entries up to the floor, the images don't count: either side may have erased them. */
export function compareItems(
  stream: RecordStream,
  key: string,
  source: StreamItem | null,
  target: StreamItem | null,
  floor: number,
): Comparison {
  const name = { collection: stream.name, recordId: key, differing: [] };
  if (!source) return { key, digest: null, mismatch: target && { ...name, reason: "The source doesn't have it." } };
  const expected = comparable(source, floor);
  const digest = digestOf(expected);
  if (!target) return { key, digest, mismatch: { ...name, reason: 'It is missing at the target.' } };
  const found = comparable(target, floor);
  if (isSameCanonical(expected, found)) return { key, digest, mismatch: null };
  const differing = differingFields(expected, found);
  const reason = `It differs from the source's in ${differing.join(', ')}.`;
  return { key, digest, mismatch: { ...name, differing, reason } };
}

/** What counts of an item when two are compared. */
export function comparable(item: StreamItem, floor: number): object {
  if (item.kind === 'document' || item.value.seq > floor) return item.value;
  const { before, isErased, ...rest } = item.value;
  return rest;
}

/** Reads what both sides have now under these keys, in their order, and compares it. */
export async function lookAt(
  stream: RecordStream,
  source: Store,
  target: Store,
  keys: readonly string[],
): Promise<readonly Comparison[]> {
  const limit = createPageLimit(keys.length);
  const looks: Comparison[] = [];
  for await (const group of inGroups(keys, limit)) {
    const [ours, theirs] = await Promise.all([stream.get(source, group), stream.get(target, group)]);
    const floor = await floorOf(source, target);
    limit.saw(ours);
    limit.saw(theirs);
    looks.push(...group.map((key, index) => compareItems(stream, key, ours[index]!, theirs[index]!, floor)));
  }
  return looks;
}

/** Up to which entry images may have been erased for their age, on either side. */
export async function floorOf(source: Store, target: Store): Promise<number> {
  const [ours, theirs] = await Promise.all([source.log.head(), target.log.head()]);
  return Math.max(ours.floor, theirs.floor);
}
