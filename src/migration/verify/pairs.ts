import type { Store } from '../../storage/store.js';
import { compareItems, floorOf, type Look } from '../transfer/compare.js';
import { createPageLimit } from '../transfer/pages.js';
import type { Item, Strand } from '../transfer/record-stream.js';

/** How many of a strand are compared at a time, when they aren't large. */
const PAGE = 250;

/** Walks over a strand on both sides at once, in order, and compares what it finds: never empty pages, no key twice. */
export async function* pairsOf(
  strand: Strand,
  source: Store,
  target: Store,
  from: string | null,
): AsyncGenerator<readonly Look[]> {
  const page = createPageLimit(PAGE);
  let after = from;
  for (;;) {
    const limit = page.items();
    const [ours, theirs] = await Promise.all([strand.read(source, after, limit), strand.read(target, after, limit)]);
    if (ours.length === 0 && theirs.length === 0) return;
    page.saw([...ours, ...theirs]);
    const floor = strand.isLog ? await floorOf(source, target) : 0;
    const looks = paired(strand, withinBoth(strand, limit, ours, theirs), floor);
    after = looks.at(-1)!.key;
    yield looks;
  }
}

type Sides = readonly [ours: readonly Item[], theirs: readonly Item[]];

/** What lies before the end of both pages: beyond it, one side hasn't been read yet. */
function withinBoth({ order }: Strand, limit: number, ...sides: [...Sides]): Sides {
  const ends = sides.filter(({ length }) => length >= limit).map((items) => items.at(-1)!.key);
  const end = ends.sort(order)[0];
  if (end === undefined) return sides;
  const [ours, theirs] = sides.map((items) => items.filter(({ key }) => order(key, end) <= 0));
  return [ours!, theirs!];
}

function paired(strand: Strand, [ours, theirs]: Sides, floor: number): readonly Look[] {
  const looks: Look[] = [];
  for (let one = 0, other = 0; one < ours.length || other < theirs.length; ) {
    const [source, target] = [ours[one], theirs[other]];
    const order = !source ? 1 : !target ? -1 : strand.order(source.key, target.key);
    const key = order <= 0 ? source!.key : target!.key;
    looks.push(compareItems(strand, key, order <= 0 ? source! : null, order >= 0 ? target! : null, floor));
    if (order <= 0) one += 1;
    if (order >= 0) other += 1;
  }
  return looks;
}
