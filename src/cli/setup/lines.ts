/** Lines that a change replaces, and which ones they become; the first line has the number 0. */
interface Hunk {
  readonly from: number;
  readonly removed: readonly string[];
  readonly inserted: readonly string[];
}

/** A line as it is shown: kept, removed or added. */
export interface DiffLine {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

/** Unchanged lines that are shown around a change. */
const CONTEXT = 3;
/** Beyond this the changed part is shown as one: a comparison takes the product of both lengths. */
const MAX_COMPARED = 2_000_000;

/** The lines of a change, in blocks with some context. Null stands for lines that are left out. */
export function diffLines(before: string, after: string): readonly (DiffLine | null)[] {
  const old = linesOf(before);
  const hunks = hunksOf(old, linesOf(after));
  const shown: (DiffLine | null)[] = [];
  let next = 0;
  const keep = (from: number, to: number) => {
    for (const text of old.slice(from, to)) shown.push({ sign: ' ', text });
  };
  for (const { from, removed, inserted } of hunks) {
    const start = Math.max(next, from - CONTEXT);
    if (hunks[0]?.from === from) {
      if (start > 0) shown.push(null);
      keep(start, from);
    } else if (from - next <= 2 * CONTEXT) keep(next, from);
    else {
      keep(next, next + CONTEXT);
      shown.push(null);
      keep(start, from);
    }
    for (const text of removed) shown.push({ sign: '-', text });
    for (const text of inserted) shown.push({ sign: '+', text });
    next = from + removed.length;
  }
  keep(next, next + CONTEXT);
  if (next + CONTEXT < old.length) shown.push(null);
  return shown;
}

/** Without their ends; those that differ in nothing else are shown as the same. */
function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r?\n/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

function hunksOf(old: readonly string[], now: readonly string[]): readonly Hunk[] {
  let start = 0;
  while (start < old.length && old[start] === now[start]) start++;
  let end = 0;
  while (end < Math.min(old.length, now.length) - start && old.at(-1 - end) === now.at(-1 - end)) end++;
  const [from, to] = [old.slice(start, old.length - end), now.slice(start, now.length - end)];
  if (from.length === 0 && to.length === 0) return [];
  if (from.length * to.length > MAX_COMPARED) return [{ from: start, removed: from, inserted: to }];
  return compared(from, to).map((hunk) => ({ ...hunk, from: hunk.from + start }));
}

/** By the longest common subsequence. */
function compared(old: readonly string[], now: readonly string[]): readonly Hunk[] {
  const common = Array.from({ length: old.length + 1 }, () => new Uint32Array(now.length + 1));
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = now.length - 1; j >= 0; j--)
      common[i]![j] = old[i] === now[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!);
  const hunks: Hunk[] = [];
  for (let [i, j] = [0, 0]; i < old.length || j < now.length; ) {
    const [from, to] = [i, j];
    while ((i < old.length || j < now.length) && (i === old.length || j === now.length || old[i] !== now[j])) {
      if (j === now.length || (i < old.length && common[i + 1]![j]! >= common[i]![j + 1]!)) i++;
      else j++;
    }
    if (i > from || j > to) hunks.push({ from, removed: old.slice(from, i), inserted: now.slice(to, j) });
    for (; i < old.length && j < now.length && old[i] === now[j]; i++) j++;
  }
  return hunks;
}
