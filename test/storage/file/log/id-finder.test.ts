import { describe, expect, it, vi } from 'vitest';
import { createIdGenerator } from '../../../../src/domain/id.js';
import { createIdFinder } from '../../../../src/storage/file/log/id-finder.js';

const newId = createIdGenerator();
const KEY = 'abcdefgh';
const makeIds = (count: number) => Array.from({ length: count }, () => newId('memory', KEY));

describe('the search of a line for ids', () => {
  const [wanted, other] = makeIds(2) as [string, string];
  const task = newId('task', KEY);
  const unlike = 'note/ä';
  const finds = createIdFinder(new Set([wanted, task, unlike]));

  it.each([
    ['as a record', `{"id":"${wanted}"}`, true],
    ['in a list', `{"dependsOn":["${newId('task', KEY)}","${task}"]}`, true],
    ['in a text', `see ${wanted}.`, true],
    ['at the start', `${wanted}"`, true],
    ['at the end', `"${wanted}`, true],
    ['within a longer word', `xx${wanted}yy_${wanted}`, true],
    ['beginning where another ends', `${other.slice(0, -3)}${wanted}`, true],
    ['after many underscores', `${'_'.repeat(40)}${wanted}`, true],
    ['after letters of two bytes', `äöü${wanted}`, true],
    ['of another form', `{"id":"${unlike}"}`, true],
    ['of another record', `{"id":"${other}"}`, false],
    ['without its last letter', wanted.slice(0, -1), false],
    ['without its first letter', wanted.slice(1), false],
    ['of another kind', wanted.replace('mem', 'ses'), false],
    ['in upper case', wanted.toUpperCase(), false],
    ['in no text', '', false],
  ])('finds one %s, or not, as a search for each would', (_where, text, isThere) => {
    const bytes = Buffer.from(text);
    expect([wanted, task, unlike].some((id) => bytes.includes(id))).toBe(isThere);
    expect(finds(bytes)).toBe(isThere);
  });

  it('costs the same for one id and for ten thousand', () => {
    const workFor = (count: number) => {
      const bytes = Buffer.from(JSON.stringify({ ids: makeIds(20), content: 'snake_case '.repeat(100) }));
      const ids = new Set(makeIds(count));
      const calls = [
        vi.spyOn(bytes, 'indexOf'),
        vi.spyOn(bytes, 'includes'),
        vi.spyOn(bytes, 'toString'),
        vi.spyOn(ids, 'has'),
      ];
      const find = createIdFinder(ids);
      const iterated = vi.spyOn(ids, Symbol.iterator);
      expect(find(bytes)).toBe(false);
      expect(iterated).not.toHaveBeenCalled();
      return calls.reduce((sum, { mock }) => sum + mock.calls.length, 0);
    };
    expect(workFor(10_000)).toBe(workFor(1));
  });
});
