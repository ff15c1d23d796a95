import { describe, expect, it } from 'vitest';
import { mayContain, surelyContains } from '../../../src/storage/mongodb/query/contains.js';
import { fold } from '../../../src/util/text/fold.js';

type Patterns = readonly { readonly title: { readonly $regex: string; readonly $not?: { readonly $regex: string } } }[];

/** What a server answers for a text: whether it may have what is wanted, and whether it surely has. */
function askFor(wanted: string) {
  const condition = { fields: ['title'], contains: wanted };
  const may = (mayContain(condition).$or as Patterns).map(({ title }) => new RegExp(title.$regex, 'u'));
  const { $regex, $not } = (surelyContains(condition).$or as Patterns)[0]!.title;
  const [has, special] = [new RegExp($regex, 'u'), new RegExp($not!.$regex, 'u')];
  return (text: string) => ({
    may: may.some((pattern) => pattern.test(text)),
    surely: has.test(text) && !special.test(text),
  });
}

/** Where the server's answer misleads: it leaves out what contains the text, or is sure of what doesn't. */
function isWrong(text: string, wanted: string, ask = askFor(wanted)): boolean {
  const { may, surely } = ask(text);
  const does = fold(text).includes(fold(wanted));
  return (does && !may) || (surely && !does);
}

describe('the pattern for a text that a MongoDB server gets', () => {
  it('leaves out no character that folds to what is wanted, and is sure of no other', () => {
    const faults: string[] = [];
    const asking = new Map<string, ReturnType<typeof askFor>>();
    for (let point = 1; point < 0x20000; point += 1) {
      if (point >= 0xd800 && point < 0xe000) continue;
      const text = String.fromCodePoint(point);
      for (const wanted of new Set([...fold(text)])) {
        // Characters that fold to themselves have a pattern of their own each; a sample of them suffices.
        if (wanted === text && point > 0x530 && point % 97 !== 0) continue;
        const ask = asking.get(wanted) ?? askFor(wanted);
        asking.set(wanted, ask);
        if (isWrong(text, wanted, ask)) faults.push(point.toString(16));
      }
    }
    expect(faults).toEqual([]);
  });

  it('holds for characters that change each other', () => {
    const marks = [
      '',
      'e',
      'E',
      's',
      'ß',
      'ﬁ',
      'i',
      'İ',
      'ı',
      '\u0301',
      '\u0323',
      '\u0307',
      '가',
      '\u1100',
      '\u1161',
      '\u11a8',
      '…',
      ' ',
      '\ufe0f',
    ];
    const faults: string[] = [];
    for (const wanted of ['e', 'é', 'ss', 's', 'i', 'fi', 'í', '가', '각', '.', ' ', 'ẹ\u0301']) {
      const ask = askFor(wanted);
      for (const a of marks)
        for (const b of marks)
          for (const c of marks) if (isWrong(a + b + c, wanted, ask)) faults.push(JSON.stringify([wanted, a + b + c]));
    }
    expect(faults).toEqual([]);
  });

  it('has no more than 1,000 characters, as some servers refuse more', () => {
    for (const wanted of ['i'.repeat(1_000), '.'.repeat(1_000), 'é'.repeat(1_000)])
      for (const { title } of mayContain({ fields: ['title'], contains: wanted }).$or as Patterns)
        expect(title.$regex.length).toBeLessThanOrEqual(1_000);
  });

  it('is sure of texts in most languages, so that they needn’t be sent', () => {
    for (const text of ['Größe', 'façade', 'ΣΊΣΥΦΟΣ', 'ПРИВЕТ', '日本語のテキスト', '한국어', 'עברית', '“done” — ✔️ 🚀'])
      expect(askFor(text.slice(0, 2))(text)).toEqual({ may: true, surely: true });
    expect(askFor('lost')('Straße')).toEqual({ may: true, surely: false });
    expect(askFor('other')('Straße…')).toEqual({ may: false, surely: false });
  });
});
