/** Text from another server, fit for a message: without control characters, on one line, and cut at `most` UTF-16 units. */
export function wordsOf(text: string, most = 300): string {
  const plain = text
    .slice(0, 4 * most)
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .trim();
  return plain.length > most ? `${plain.slice(0, most)}…` : plain;
}
