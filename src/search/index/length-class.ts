/**
 * Bytes up to which a text belongs to each class of length; longer ones are in one more. The shorter go first, so that none
 * waits for the many seconds that a long one takes.
 */
const LIMITS = [1_024, 4_096, 16_384, 65_536, 262_144] as const;

/** How many classes there are. */
export const LENGTH_CLASSES = LIMITS.length + 1;

/** The class of a text with so many bytes of UTF-8: 0 for the shortest. */
export function lengthClass(bytes: number): number {
  const found = LIMITS.findIndex((limit) => bytes <= limit);
  return found < 0 ? LIMITS.length : found;
}

/** The same in SQL, of a memory's row in `records`. Its size is read from a row's header, however long the text. */
export const LENGTH_CLASS_SQL = `coalesce((SELECT CASE ${LIMITS.map((limit, own) => `WHEN octet_length(w.c0) <= ${limit} THEN ${own}`).join(' ')}
  ELSE ${LIMITS.length} END FROM memories_words_content w WHERE w.id = records.rowid), 0)`;
