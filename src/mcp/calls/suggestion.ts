/** Names that models give to what a tool calls otherwise. */
const SYNONYMS: Readonly<Record<string, string>> = {
  text: 'content',
  memory: 'content',
  body: 'content',
  q: 'query',
  topic: 'about',
  top_k: 'limit',
  count: 'limit',
  n: 'limit',
  filter: 'view',
  comment: 'note',
  dependencies: 'depends_on',
  blocked_by: 'depends_on',
  name: 'title',
  tokens: 'max_tokens',
  after: 'since',
  version: 'to_version',
};

/** The name that was probably meant; null when none is near. */
export function suggestionFor(name: string, names: readonly string[]): string | null {
  const folded = name
    .slice(0, 100)
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
  const stem = folded.replace(/_?(ids?|name|key)$/, '');
  const exact = [folded, stem, SYNONYMS[folded]].find((each) => each !== undefined && names.includes(each));
  if (exact !== undefined) return exact;
  const near = names
    .map((each) => ({ each, distance: distanceBetween(folded, each) }))
    .sort((a, b) => a.distance - b.distance)[0];
  return near && near.distance <= Math.max(1, Math.floor(near.each.length / 3)) ? near.each : null;
}

/** How many characters have to be changed to make one text the other. */
function distanceBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, character] of [...one].entries()) {
    let diagonal = row[0] ?? 0;
    const next = [index + 1];
    for (const [at, against] of [...other].entries()) {
      const above = row[at + 1] ?? 0;
      next.push(Math.min(above + 1, (next[at] ?? 0) + 1, diagonal + (character === against ? 0 : 1)));
      diagonal = above;
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
