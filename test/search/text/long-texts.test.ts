import { afterEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../../src/search/contract.js';
import { openIndexFile } from '../../../src/search/index/index-file.js';
import { createRecordTable, type RecordTable } from '../../../src/search/index/record-table.js';
import { type Stepwise, writeInSlices } from '../../../src/search/index/time-slices.js';
import { createLogApplier } from '../../../src/search/log/log-applier.js';
import { tokenize, tokenizeInSteps } from '../../../src/search/text/tokenize.js';
import { createBenches, inspect, memory, notes, task } from '../../support/search/search.js';

/** Finding the words of a text of 1 MB takes up to a second: it is done in steps, and outside of transactions. */

const benches = createBenches();
afterEach(() => benches.cleanUp());

const MB = 1_000_000;
const filled = (unit: string) => unit.repeat(Math.floor(MB / Buffer.byteLength(unit)));
const varied = (unit: (n: number) => string) => Array.from({ length: MB / 10 }, (_, n) => unit(n)).join('');

function stepsOf(text: string): number {
  let count = 0;
  for (const steps = tokenizeInSteps(text); !steps.next().done; ) count += 1;
  return count;
}

describe('a text of 1 MB', () => {
  // What is one word, or none, is read by a few regular expressions and takes some 10 ms.
  it.each([
    ['a-a-a', filled('a-'), 1_900],
    ['a.a.a', filled('a.'), 1_900],
    ["a'a'a", filled("a'"), 1_900],
    ['paths', filled('a_a/a:'), 1_200],
    ['compounds', varied((n) => `${n.toString(36)}-`), 600],
    ['words', filled('word '), 700],
    ['Chinese without spaces', filled('数据'), 600],
    ['Thai', filled('สวัสดี'), 300],
    ['Hangul', filled('데이터'), 600],
    ['scripts in turn', filled('a字'), 900],
    ['emoji', filled('🚀'), 900],
    ['emoji with joiners', filled('👩‍👩‍👧'), 150],
    ['operators', filled('= '), 1_900],
    ['digits', filled('12 '), 1_200],
    ['digits of another script', filled('٣ '), 1_200],
    ['letters with marks', filled('e\u0301 '), 900],
    ['hex', filled('deadbeef01 '), 300],
    ['letters and what joins them', filled('می\u200cا '), 300],
  ])('of %s is analysed in many steps', (_, text, atLeast) => {
    expect(stepsOf(text)).toBeGreaterThan(atLeast);
  });

  it('without spaces has each character with the next, wherever the run was cut', () => {
    const characters = Array.from({ length: 5_000 }, (_, n) => String.fromCodePoint(0x4e00 + n));
    const pairs = characters.map((character, n) => character + (characters[n + 1] ?? ''));
    expect(tokenize(characters.join('')).text.split(' ')).toEqual(pairs);
    const marked = characters.map((character) => `${character}\u3099`);
    expect(tokenize(marked.join('')).text.split(' ')).toEqual(marked.map((one, n) => one + (marked[n + 1] ?? '')));
  });
});

describe('writing in slices', () => {
  it('prepares a slow item before its transaction, in its order', async () => {
    const bench = await benches.open();
    const file = openIndexFile(`${bench.indexPath}.other`, silentLogger);
    const done: string[] = [];
    let isWriting = false;
    function* prepare(item: number): Stepwise<string> {
      for (let step = 0; step < 3; step += 1) {
        done.push(`${isWriting ? 'held' : 'free'} ${item}`);
        yield;
      }
      return `words of ${item}`;
    }
    const isWritten = await writeInSlices(
      {
        ...file,
        write: (work) => {
          isWriting = true;
          try {
            return file.write(work);
          } finally {
            isWriting = false;
          }
        },
      },
      {
        items: [1, 20, 2, 30, 40],
        prepare: (item) => (item < 10 ? null : prepare(item)),
        isValid: () => true,
        apply: (item, prepared) => void done.push(`${item} ${prepared}`),
        mark: () => {},
      },
    );
    await file.close();
    const long = (item: number) => [...Array<string>(3).fill(`free ${item}`), `${item} words of ${item}`];
    expect([isWritten, done]).toEqual([true, ['1 undefined', ...long(20), '2 undefined', ...long(30), ...long(40)]]);
  });
});

describe('the index', () => {
  /** A feed of the store, and for which records it had the words before it wrote them. */
  function follow(bench: Awaited<ReturnType<typeof benches.open>>) {
    const path = `${bench.indexPath}.other`;
    const file = openIndexFile(path, silentLogger);
    const records = createRecordTable(file, null);
    const prepared: string[] = [];
    const put: RecordTable['put'] = (record, given) => {
      if (given?.words) prepared.push(record.id);
      return records.put(record, given);
    };
    const feed = createLogApplier({ store: bench.store, file, records: { ...records, put } });
    const wordsOf = (table: string) =>
      inspect(path, (db) => db.prepare(`SELECT c0 FROM ${table}_words_content ORDER BY id`).pluck().all());
    return { feed, file, prepared, wordsOf };
  }
  const content = filled('a-');
  const long = () => memory(content);

  it('has the words of long texts before it writes them: when it is built, and when it follows the log', async () => {
    const bench = await benches.open();
    const [first, second] = [long(), long()];
    const work = task('long', { description: content });
    await bench.create(...notes(3), first, work, ...notes(3));
    const { feed, file, prepared, wordsOf } = follow(bench);
    await feed.catchUp();
    expect(prepared).toEqual([work.id, first.id]);
    await bench.create(...notes(3), second);
    await bench.update(work, { description: `${content}b` });
    await feed.catchUp();
    expect(prepared.slice(2)).toEqual([second.id, work.id]);
    const [words] = wordsOf('memories').filter((text) => String(text).length > 1_000);
    expect(words).toBe(tokenize(content).text);
    expect(wordsOf('tasks')).toEqual([tokenize(`long\n${content}b`).text]);
    await feed.close();
    await file.close();
  });

  it('finds no words again of a text that is as it was', async () => {
    const bench = await benches.open();
    const first = long();
    await bench.create(first);
    const { feed, file, prepared } = follow(bench);
    await feed.catchUp();
    await bench.update(first, { sessionId: 'another' });
    await feed.catchUp();
    expect(prepared).toEqual([first.id]);
    await feed.close();
    await file.close();
  });
});
