/**
 * What programs send to a terminal to colour and move (ECMA-48): CSI, then OSC and the other strings with their end, then
 * the short ones. Each part is bounded, so that a text of nothing but beginnings is read in linear time; a string without
 * its end is taken for text.
 */
const SEQUENCE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are control characters.
  /(?:\x1b\[|\x9b)[0-?]{0,128}[ -/]{0,8}[@-~]|\x1b[\]PX^_][^\x07\x1b]{0,2048}(?:\x07|\x1b\\)|\x1b[ -/]{0,8}[0-~]/g;

/** Takes a sequence's place, character by character: no word, and no token of an embedding model. */
export const BLANK = '\u0001';

/** The text as a terminal shows it. */
export function withoutEscapes(text: string): string {
  return hasEscapes(text) ? text.replace(SEQUENCE, '') : text;
}

/** The text with its sequences blanked: as long as it was, so that offsets stay true. */
export function blankEscapes(text: string): string {
  return hasEscapes(text) ? text.replace(SEQUENCE, (sequence) => BLANK.repeat(sequence.length)) : text;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are control characters.
const hasEscapes = (text: string): boolean => /[\x1b\x9b]/.test(text);
