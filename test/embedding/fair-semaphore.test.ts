import { describe, expect, it } from 'vitest';
import type { Embedder } from '../../src/embedding/embedder.js';
import { createFairSemaphore } from '../../src/embedding/fair-semaphore.js';
import { shareEmbedder } from '../../src/embedding/shared-embedder.js';
import { createWordEmbedder } from '../support/search/search.js';
import { until } from '../support/until.js';

/** Acquires permits, and notes in which order they are granted. */
function watch(limit: number) {
  const semaphore = createFairSemaphore(limit);
  const begun: string[] = [];
  const held: (() => void)[] = [];
  const take = async (owner: object, name: string, signal?: AbortSignal) => {
    const release = await semaphore.acquire(owner, signal);
    begun.push(name);
    held.push(release);
  };
  const giveBack = async () => {
    await new Promise(setImmediate);
    held.shift()!();
    await new Promise(setImmediate);
  };
  return { begun, take, giveBack };
}

describe('a fair semaphore', () => {
  const [ada, bob, eve] = [{}, {}, {}];

  it('serves an owner without a permit first, however much another waits for', async () => {
    const { begun, take, giveBack } = watch(2);
    for (let n = 1; n <= 100; n += 1) void take(ada, `ada ${n}`);
    void take(bob, 'bob');
    await giveBack();
    expect(begun).toEqual(['ada 1', 'ada 2', 'bob']);
  });

  it('alternates between owners with equally many permits, and serves each in order', async () => {
    const { begun, take, giveBack } = watch(1);
    for (let n = 1; n <= 3; n += 1) {
      for (const [owner, name] of [
        [ada, 'ada'],
        [bob, 'bob'],
        [eve, 'eve'],
      ] as const)
        void take(owner, `${name} ${n}`);
    }
    for (let n = 1; n < 9; n += 1) await giveBack();
    expect(begun).toEqual([1, 2, 3].flatMap((n) => [`ada ${n}`, `bob ${n}`, `eve ${n}`]));
  });

  it('skips a caller that stopped waiting', async () => {
    const { begun, take, giveBack } = watch(1);
    const leaving = new AbortController();
    void take(ada, 'ada');
    const given = expect(take(bob, 'bob', leaving.signal)).rejects.toThrow('gone');
    void take(eve, 'eve');
    leaving.abort(new Error('gone'));
    await given;
    await giveBack();
    await giveBack();
    void take(ada, 'ada again');
    await new Promise(setImmediate);
    expect(begun).toEqual(['ada', 'eve', 'ada again']);
  });
});

interface Call {
  readonly texts: readonly string[];
  answer(): void;
  fail(error: Error): void;
}

/** An embedder for two, whose calls wait until they are answered. */
function share() {
  const words = createWordEmbedder();
  const calls: Call[] = [];
  const embedDocuments: Embedder['embedDocuments'] = (texts, answered) =>
    new Promise((resolve, fail) => {
      const answer = async () => {
        const vectors = await words.embedDocuments(texts);
        for (const [index, vector] of vectors.entries()) answered?.(index, vector);
        resolve(vectors);
      };
      calls.push({ texts, answer: () => void answer(), fail });
    });
  return { words, calls, shared: shareEmbedder({ ...words, embedDocuments }) };
}
const page = (name: string, n: number) => `${name} ${n} ${'and so on '.repeat(100)}`;

describe('a shared embedder', () => {
  it('embeds the text of one caller after a part or two of another’s batch', async () => {
    const { calls, shared } = share();
    const batch = Array.from({ length: 16 }, (_, n) => page('long', n));
    void shared.of().embedDocuments(batch);
    void shared.of().embedDocuments(['short']);
    await until(() => calls.length === 2);
    calls[0]!.answer();
    await until(() => calls.length === 3);
    expect(calls[2]!.texts).toEqual(['short']);
    expect(calls[0]!.texts).toHaveLength(1);
  });

  it('answers a query at once', async () => {
    const { shared } = share();
    const own = shared.of();
    void own.embedDocuments(Array.from({ length: 16 }, (_, n) => page('long', n)));
    expect(await own.embedQuery('a question')).toHaveLength(256);
  });

  it('returns the vectors of a batch in its order, and reports each as soon as it arrives', async () => {
    const { words, calls, shared } = share();
    const texts = ['a', '', 'b'].flatMap((short, n) => [page('long', n), short, page('longer', n)]);
    const answered: number[] = [];
    const vectors = shared.of().embedDocuments(texts, (index) => answered.push(index));
    for (let answers = 0; answers < 6; answers += 1) {
      await until(() => calls.length > answers);
      expect(answered).toHaveLength(calls.slice(0, answers).flatMap((call) => call.texts).length);
      calls[answers]!.answer();
      await until(() => answered.length >= calls.slice(0, answers + 1).flatMap((call) => call.texts).length);
    }
    expect(await vectors).toEqual(await words.embedDocuments(texts));
    expect(answered.toSorted()).toEqual([...texts.keys()]);
  });

  it('requests no more of a batch once a part has failed', async () => {
    const { calls, shared } = share();
    const embedded = shared.of().embedDocuments(Array.from({ length: 16 }, (_, n) => page('long', n)));
    await until(() => calls.length === 2);
    calls[0]!.fail(new Error('broken'));
    calls[1]!.answer();
    await expect(embedded).rejects.toThrow('broken');
    expect(calls).toHaveLength(2);
  });
});
