import type { Store } from '../../storage/store.js';
import { type Comparison, compareItems, floorOf } from '../transfer/compare.js';
import { createPageLimit } from '../transfer/pages.js';
import type { RecordStream, StreamItem } from '../transfer/record-stream.js';

/** How many of a stream are compared at a time, when they aren't large. */
const PAGE = 250;

/** Walks over a stream on both sides at once, in order, and compares what it finds: never empty pages, no key twice. */
export async function* pairsOf(
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
    page.saw([...ours, ...theirs]);
    const floor = stream.isLog ? await floorOf(source, target) : 0;
    const looks = paired(stream, withinBoth(stream, limit, ours, theirs), floor);
    after = looks.at(-1)!.key;
    yield looks;
  }
}

type Sides = readonly [ours: readonly StreamItem[], theirs: readonly StreamItem[]];

/** What lies before the end of both pages: beyond it, one side hasn't been read yet. */
function withinBoth({ order }: RecordStream, limit: number, ...sides: [...Sides]): Sides {
  const ends = sides.filter(({ length }) => length >= limit).map((items) => items.at(-1)!.key);
  const end = ends.sort(order)[0];
  if (end === undefined) return sides;
  const [ours, theirs] = sides.map((items) => items.filter(({ key }) => order(key, end) <= 0));
  return [ours!, theirs!];
}

function paired(stream: RecordStream, [ours, theirs]: Sides, floor: number): readonly Comparison[] {
  const looks: Comparison[] = [];
  for (let one = 0, other = 0; one < ours.length || other < theirs.length; ) {
    const [source, target] = [ours[one], theirs[other]];
    const order = !source ? 1 : !target ? -1 : stream.order(source.key, target.key);
    const key = order <= 0 ? source!.key : target!.key;
    looks.push(compareItems(stream, key, order <= 0 ? source! : null, order >= 0 ? target! : null, floor));
    if (order <= 0) one += 1;
    if (order >= 0) other += 1;
  }
  return looks;
}
