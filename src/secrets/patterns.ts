/** @returns where a match of a sticky pattern at this place ends, or -1 */
export function endOfMatch(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/** Whether the character before is of the same word, so that no token starts here. Letters of other scripts end a word of ASCII. */
export function continuesWord(text: string, at: number): boolean {
  const code = text.charCodeAt(at - 1);
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
}
