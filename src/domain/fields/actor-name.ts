import { isServerActor } from '../author.js';
import type { Refusal } from './parse.js';

/** Names of those who write: in the log, and of claims. */

/** Emoji of all kinds: flags, families, keycaps, skin tones. What joins and colours them is invisible alone. */
const SEQUENCES = '\\p{RGI_Emoji}';
const EMOJI = new RegExp(SEQUENCES, 'gv');
const A_PICTURE = '☺';
/** Scripts in which a joiner between two letters does nothing but hide. */
const UNJOINED = '\\p{Script=Latin}\\p{Script=Greek}\\p{Script=Cyrillic}';
const LETTER = `[[\\p{L}\\p{M}]--[${UNJOINED}]]`;
const PICTURE = '\\p{Extended_Pictographic}';
const PARTS = [
  // Visible characters and spaces; no controls, no line separators, nothing that changes the direction of a text.
  '[[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S} ]--\\p{Default_Ignorable_Code_Point}]',
  // A variant of the character before it.
  '(?<=[\\p{L}\\p{N}\\p{P}\\p{S}])\\p{Variation_Selector}',
  // Joiners, where they join: in Persian and in the scripts of India, and in pictures that are no standard emoji.
  `(?<=${LETTER})[\\u200c\\u200d](?=${LETTER})`,
  `(?<=${PICTURE}\\ufe0f?|\\p{Emoji_Modifier})\\u200d(?=${PICTURE})`,
];
const PRINTABLE = new RegExp(`^(?!\\p{M})(?=.*[^ ])(?:${PARTS.join('|')})+$`, 'v');

/**
 * Why nobody but the server may have a name, whatever its length; null when anybody may. A name has only visible characters
 * that fit on a line, of any script, emoji included, and no spaces around them.
 */
export function findNameFault(text: string): Refusal | null {
  if (isServerActor(text)) {
    return { message: 'is a name under which the server itself writes', hint: 'Give another name.' };
  }
  if (text.startsWith(' ') || text.endsWith(' ')) {
    return { message: 'begins or ends with a space', hint: 'Remove the spaces around it.' };
  }
  if (!PRINTABLE.test(text.replace(EMOJI, A_PICTURE))) {
    return {
      message: 'has characters that are not visible, or not on one line',
      hint: 'Give it printable characters only, of any script.',
    };
  }
  return null;
}
