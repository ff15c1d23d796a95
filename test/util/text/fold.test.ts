import { describe, expect, it } from 'vitest';
import { fold } from '../../../src/util/text/fold.js';

describe('a folded text', () => {
  it.each([
    ['Straße STRASSE STRAẞE', 'strasse strasse strasse'],
    ['ΣΊΣΥΦΟΣ σίσυφος', 'σίσυφοσ σίσυφοσ'],
    ['İI ıi', 'ii ii'],
    ['Ä A\u0308 ä', 'ä ä ä'],
    ['ﬁ ＦＵＬＬ ½ …', 'fi full 1⁄2 ...'],
    ['é e', 'é e'],
  ])('of %s is %s', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  it('stays as it is when it is folded again, and is the same of each form and case', () => {
    const faults: string[] = [];
    for (let point = 0; point < 0x20000; point += 1) {
      if (point >= 0xd800 && point < 0xe000) continue;
      const text = String.fromCodePoint(point);
      const folded = fold(text);
      const same = [folded, text.normalize('NFD'), text.normalize('NFC'), text.toUpperCase(), text.toLowerCase()];
      if (!same.every((each) => fold(each) === folded)) faults.push(point.toString(16));
    }
    expect(faults).toEqual([]);
  });
});
