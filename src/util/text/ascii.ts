/** Whether a text has ASCII characters only. */
export function isAscii(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are ASCII too
  return !/[^\x00-\x7f]/.test(text);
}
