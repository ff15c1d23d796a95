/** Characters of an answer, about 7,000 tokens: hosts cut or refuse much longer ones, without saying how to get the rest. */
export const MOST_CHARACTERS = 25_000;

/**
 * Joins parts of an answer, as many as there is room for.
 * @param rest how to get those that were left out, by their number
 */
export function withinBudget(
  parts: readonly string[],
  rest: (left: number) => string,
  { separator = '\n', most = MOST_CHARACTERS } = {},
): string {
  const kept: string[] = [];
  let length = 0;
  for (const part of parts) {
    length += part.length + separator.length;
    if (length > most && kept.length > 0) break;
    kept.push(part.length > most ? `${part.slice(0, most)}…` : part);
  }
  const left = parts.length - kept.length;
  return (left === 0 ? kept : [...kept, rest(left)]).join(separator);
}

/** Paragraphs, without those that say nothing. */
export function paragraphs(...parts: readonly (string | null | undefined | false)[]): string {
  return parts.filter(Boolean).join('\n\n');
}

/** Parts of a line, without those that say nothing. */
export function dotted(...parts: readonly (string | null | undefined | false)[]): string {
  return parts.filter(Boolean).join(' · ');
}

/** When something was, to the minute, in UTC. */
export function minute(at: string): string {
  return at.slice(0, 16).replace('T', ' ');
}

/** "1 task", "2 tasks". */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
