import type { Store } from '../../storage/store.js';
import { isSameCanonical } from '../../util/json/canonical-json.js';
import { differingFields, digestOf } from './digest.js';
import { createPageLimit, inGroups } from './pages.js';
import type { RecordStream, StreamItem } from './record-stream.js';

/** A record, or an entry of the log, that differs between the two sides. */
export interface Mismatch {
  /** The record's collection; `log` for an entry, `vectors` for a memory's vectors. */
  readonly collection: string;
  /** The record's id, or the entry's number. */
  readonly recordId: string;
  /** Names of the fields that differ; empty when one side lacks it. */
  readonly differing: readonly string[];
  /** What is wrong, for people. */
  readonly reason: string;
}

/** One record or entry as both sides had it when they were read. */
export interface Comparison {
  readonly key: string;
  /** The digest of the source's; null when it has none. */
  readonly digest: string | null;
  /** Null when both sides have the same, or neither has it. */
  readonly mismatch: Mismatch | null;
}

/** How many items of a stream are compared at a time, unless they are large. */
const PAGE = 250;

// — one item —

/** Compares what both sides have under a key. Images of entries up to the floor don't count: either side may have erased them. */
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

/** The part of an item that counts in a comparison. */
export function comparable(item: StreamItem, floor: number): object {
  if (item.kind === 'document' || item.value.seq > floor) return item.value;
  const { before, isErased, ...rest } = item.value;
  return rest;
}

// — by keys —

/** Compares what both sides have now under these keys, which are in order. */
export async function compareKeys(
  stream: RecordStream,
  source: Store,
  target: Store,
  keys: readonly string[],
): Promise<readonly Comparison[]> {
  const comparisons: Comparison[] = [];
  for (const { keys: group, learn } of inGroups(keys)) {
    const [ours, theirs] = await Promise.all([stream.get(source, group), stream.get(target, group)]);
    const floor = await floorOf(source, target);
    learn([...ours, ...theirs]);
    for (const [index, key] of group.entries())
      comparisons.push(compareItems(stream, key, ours[index]!, theirs[index]!, floor));
  }
  return comparisons;
}

/** The entry up to which images may have been erased for their age, on either side. */
async function floorOf(source: Store, target: Store): Promise<number> {
  const [ours, theirs] = await Promise.all([source.log.head(), target.log.head()]);
  return Math.max(ours.floor, theirs.floor);
}

// — page by page —

/** Reads a stream on both sides at once and compares it, in order: no page is empty, and no key comes twice. */
export async function* comparePages(
  stream: RecordStream,
  source: Store,
  target: Store,
  from: string | null,
): AsyncGenerator<readonly Comparison[]> {
  const page = createPageLimit(PAGE);
  let after = from;
  for (;;) {
    const limit = page.items();
    const [ours, theirs] = await Promise.all([stream.read(source, after, limit), stream.read(target, after, limit)]);
    if (ours.length === 0 && theirs.length === 0) return;
    page.learn([...ours, ...theirs]);
    const floor = stream.isLog ? await floorOf(source, target) : 0;
    const comparisons = compareInOrder(stream, withinBoth(stream, limit, ours, theirs), floor);
    after = comparisons.at(-1)!.key;
    yield comparisons;
  }
}

type BothPages = readonly [ours: readonly StreamItem[], theirs: readonly StreamItem[]];

/** The items up to the end of the shorter page: beyond it, one side hasn't been read yet. */
function withinBoth({ order }: RecordStream, limit: number, ...pages: [...BothPages]): BothPages {
  const ends = pages.filter(({ length }) => length >= limit).map((items) => items.at(-1)!.key);
  const end = ends.sort(order)[0];
  if (end === undefined) return pages;
  const [ours, theirs] = pages.map((items) => items.filter(({ key }) => order(key, end) <= 0));
  return [ours!, theirs!];
}

function compareInOrder(stream: RecordStream, [ours, theirs]: BothPages, floor: number): readonly Comparison[] {
  const comparisons: Comparison[] = [];
  for (let one = 0, other = 0; one < ours.length || other < theirs.length; ) {
    const [source, target] = [ours[one], theirs[other]];
    const order = !source ? 1 : !target ? -1 : stream.order(source.key, target.key);
    const key = order <= 0 ? source!.key : target!.key;
    comparisons.push(compareItems(stream, key, order <= 0 ? source! : null, order >= 0 ? target! : null, floor));
    if (order <= 0) one += 1;
    if (order >= 0) other += 1;
  }
  return comparisons;
}
