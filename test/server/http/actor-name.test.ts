import { describe, expect, it } from 'vitest';
import { isActorName } from '../../../src/server/http/actor.js';

describe("an actor's name", () => {
  it.each([
    'agent 7 (review)',
    'Zoë',
    'Zoe\u0308',
    '山田 太郎',
    '葛\u{e0100}城',
    'می\u200cخواهم',
    'क्\u200dष',
    '👩‍👩‍👧‍👦',
    '🏳️‍🌈',
    '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
    '🇩🇪',
    '1️⃣',
    '❤️ bot',
    '👍🏽',
    '🏳\u200d🌈',
    '👍🏽'.repeat(64),
  ])('may be %j', (name) => expect(isActorName(name)).toBe(true));

  it.each([
    ['nothing', ''],
    ['spaces alone', '   '],
    ['a control', 'a\u0007'],
    ['a line feed', 'a\nb'],
    ['a line separator', 'a\u2028b'],
    ['what turns the direction', 'a\u202eb'],
    ['what isolates a direction', '\u2066a\u2069'],
    ['a joiner alone', '\u200d'],
    ['a joiner between Latin letters', 'ad\u200dmin'],
    ['a joiner at the end of an emoji', '👩\u200d'],
    ['a joiner before a letter', '👩\u200da'],
    ['an empty space of no width', 'a\u200bb'],
    ['a letter that is empty', '\u3164'],
    ['a mark without a letter', '\u0308a'],
    ['a variant of nothing', '\ufe0f'],
    ['a hidden tag', 'a\u{e0041}'],
    ['half a surrogate pair', 'a\ud83d'],
    ['spaces around it', ' a'],
    ["the server's own name", 'retention'],
    ["the server's other name", 'upgrade'],
    ['more than 128 code points', 'x'.repeat(129)],
    ['much that is fine and one that is not', `${'👍🏽'.repeat(63)}\u202e`],
  ])('has not %s', (_what, name) => expect(isActorName(name)).toBe(false));
});
