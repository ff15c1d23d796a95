/** Code points that a name may have. */
const MAX_LENGTH = 128;

/** Emoji of all kinds: flags, families, keycaps, skin tones. What joins and colours them can't be seen by itself. */
const SEQUENCES = '\\p{RGI_Emoji}';
const EMOJI = new RegExp(SEQUENCES, 'gv');
const A_PICTURE = '☺';
/** Scripts in which a joiner between two letters does nothing but hide. */
const UNJOINED = '\\p{Script=Latin}\\p{Script=Greek}\\p{Script=Cyrillic}';
const LETTER = `[[\\p{L}\\p{M}]--[${UNJOINED}]]`;
const PICTURE = '\\p{Extended_Pictographic}';
const PARTS = [
  // What can be seen, and spaces; no controls, no line separators, nothing that turns the direction of a text.
  '[[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S} ]--\\p{Default_Ignorable_Code_Point}]',
  // A variant of the character before it.
  '(?<=[\\p{L}\\p{N}\\p{P}\\p{S}])\\p{Variation_Selector}',
  // Joiners, where they join: in Persian and in the scripts of India, and in pictures that are no standard emoji.
  `(?<=${LETTER})[\\u200c\\u200d](?=${LETTER})`,
  `(?<=${PICTURE}\\ufe0f?|\\p{Emoji_Modifier})\\u200d(?=${PICTURE})`,
];
const PRINTABLE = new RegExp(`^(?!\\p{M})(?=.*[^ ])(?:${PARTS.join('|')})+$`, 'v');

/** Whether a name is made of what can be printed on a line and seen: of any script, emoji included. */
export function isActorName(text: string): boolean {
  return [...text].length <= MAX_LENGTH && PRINTABLE.test(text.replace(EMOJI, A_PICTURE));
}
