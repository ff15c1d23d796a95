import type { Log } from '../../storage/store.js';

/**
 * How far the clocks of servers that share a log may differ, in milliseconds. The log's times increase with its numbers apart
 * from that.
 */
const CLOCKS_DIFFER_MS = 600_000;

/** Numbers of entries, both exclusive. */
export interface NumberBounds {
  readonly above: number;
  readonly below: number;
}

/** Numbers between which all entries of these times are. It takes few reads, however long the log is. */
export async function boundsOfTimes(
  log: Log,
  { after, before }: { readonly after?: string | undefined; readonly before?: string | undefined },
): Promise<NumberBounds> {
  if (after === undefined && before === undefined) return { above: 0, below: Number.MAX_SAFE_INTEGER };
  const { seq: end } = await log.head();
  return {
    above: after === undefined ? 0 : (await firstSince(log, shifted(after, -CLOCKS_DIFFER_MS), end)) - 1,
    below:
      before === undefined ? Number.MAX_SAFE_INTEGER : await firstSince(log, shifted(before, CLOCKS_DIFFER_MS), end),
  };
}

/** The number of the first entry that isn't before a time, found by bisection; after `end`, when there is none until then. */
async function firstSince(log: Log, time: string, end: number): Promise<number> {
  let low = 0;
  let high = end + 1;
  // The entry `low` is before the time, and `high` isn't.
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    const [entry] = await log.listHeaders({ direction: 'ASC', after: middle - 1, before: high, limit: 1 });
    if (!entry) high = middle;
    else if (entry.at < time) low = entry.seq;
    else high = middle;
  }
  return high;
}

/** Moments are within the years 0 to 9999, and so are those moved by some minutes, for a comparison of texts. */
function shifted(time: string, ms: number): string {
  const at = Date.parse(time) + ms;
  return new Date(Math.min(Math.max(at, FIRST_MS), LAST_MS)).toISOString();
}
const FIRST_MS = Date.parse('0000-01-01T00:00:00.000Z');
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z');
