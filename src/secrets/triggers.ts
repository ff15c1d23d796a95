/** Finds many short ASCII texts in one pass over a text, without regard to case. */
export interface Triggers {
  /** Calls back with the index of each trigger and where it starts: in about the order of the text. */
  readonly find: (text: string, found: (trigger: number, start: number) => void) => void;
}

/** How much is looked at at once, in UTF-16 code units. Not shared by threads: each has its own modules. */
const CHUNK = 65_536;
const chunk = Buffer.allocUnsafeSlow(CHUNK);
const starts = new Uint16Array(CHUNK);

/** Characters are told apart by five bits, and three of them in a row by fifteen. */
const BITS = 5;
const MASK = (1 << (3 * BITS)) - 1;
const SIGNS: { readonly [character: string]: number } = { '-': 27, _: 28, ':': 29, '/': 30, '.': 31 };
const classes = new Uint8Array(256).map((_, code) => {
  const character = String.fromCharCode(code).toLowerCase();
  if (/[a-z]/.test(character)) return character.charCodeAt(0) - 96;
  // Digits occur in few triggers, and with dashes nowhere else in them.
  return /\d/.test(character) ? 27 : (SIGNS[character] ?? 0);
});

/** Letters from the most to the least frequent. A trigger is looked for by the three of its characters that are rarest. */
const FREQUENT = 'etaoinsrhldcumfpgwybvkxjqz';

/** A trigger, and where its rarest three characters are in it. */
interface Entry {
  readonly trigger: string;
  readonly index: number;
  readonly offset: number;
}

/**
 * Triggers have three characters or more. A table of all threes of characters tells which triggers have them: for nearly
 * every place of a text, none. Only the others are compared.
 */
export function createTriggers(triggers: readonly string[]): Triggers {
  const lists: Entry[][] = [];
  const listOf = new Uint8Array(MASK + 1);
  for (const [index, trigger] of triggers.entries()) {
    const offset = rarestThree(trigger);
    const three = [...trigger.slice(offset, offset + 3)].reduce((sum, each) => (sum << BITS) | classOf(each), 0);
    if (listOf[three] === 0) listOf[three] = lists.push([]);
    lists[listOf[three]! - 1]!.push({ trigger, index, offset });
  }
  if (lists.length > 255) throw new Error('More than 255 threes of triggers need a table of larger numbers.');

  return {
    find: (text, found) => {
      for (let offset = 0; offset < text.length; offset += CHUNK - 2) {
        // A copy of bytes is read several times as fast as a string. Characters beyond Latin-1 lose their upper half, and
        // may look like others: what is found is compared in the text itself.
        const length = chunk.write(offset === 0 ? text : text.slice(offset, offset + CHUNK), 0, CHUNK, 'latin1');
        const count = markStarts(length, listOf);
        for (let index = 0; index < count; index += 1) {
          const at = offset + starts[index]!;
          for (const entry of lists[listOf[threeAt(starts[index]!)]! - 1]!) {
            if (isAt(text, at - entry.offset, entry.trigger)) found(entry.index, at - entry.offset);
          }
        }
      }
    },
  };
}

/** Where three characters of a trigger are in the chunk. Alone in its loop, which reads each character of every text. */
function markStarts(length: number, listOf: Uint8Array): number {
  let count = 0;
  let three = threeAt(0) >> BITS;
  for (let at = 2; at < length; at += 1) {
    three = ((three << BITS) | classes[chunk[at]!]!) & MASK;
    if (listOf[three] !== 0) {
      starts[count] = at - 2;
      count += 1;
    }
  }
  return count;
}

function threeAt(start: number): number {
  return (classes[chunk[start]!]! << (2 * BITS)) | (classes[chunk[start + 1]!]! << BITS) | classes[chunk[start + 2]!]!;
}

function rarestThree(trigger: string): number {
  let rarest = 0;
  for (let offset = 1; offset + 3 <= trigger.length; offset += 1) {
    if (rarity(trigger, offset) > rarity(trigger, rarest)) rarest = offset;
  }
  return rarest;
}

function rarity(trigger: string, offset: number): number {
  return [...trigger.slice(offset, offset + 3)].reduce((sum, each) => {
    const rank = FREQUENT.indexOf(each);
    // Signs are about as frequent as an `f`; those without a class of their own are white space as well.
    return sum + (rank !== -1 ? rank : classOf(each) > 0 ? 14 : -14);
  }, 0);
}

function classOf(character: string): number {
  return classes[character.charCodeAt(0)]!;
}

function isAt(text: string, start: number, trigger: string): boolean {
  for (let index = 0; index < trigger.length; index += 1) {
    const code = text.charCodeAt(start + index);
    const expected = trigger.charCodeAt(index);
    if (code !== expected && !(code >= 65 && code <= 90 && code + 32 === expected)) return false;
  }
  return true;
}
