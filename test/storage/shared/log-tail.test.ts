import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../../src/domain/log-entry.js';
import { LOG_START, type LogPosition, LogReplacedError, positionAfter } from '../../../src/domain/log-position.js';
import { createLogFollow } from '../../../src/storage/shared/log-follow.js';
import { createLogTail, EMPTY_RANGE, extended } from '../../../src/storage/shared/log-tail.js';

describe('the end of a log', () => {
  it('that has become shorter, as in a backup, is announced once, and then waited for', async () => {
    let head: LogPosition = { seq: 5, mark: 'five' };
    const readAfter = () => {
      throw new LogReplacedError();
    };
    const tail = createLogTail({ readEnd: () => head, readAfter, listen: () => () => {} });
    const check = () => {
      if (head.mark !== tail.end().mark) tail.found(head.seq);
    };
    const leave = tail.join();
    const { signal } = new AbortController();
    expect(await tail.since(head)).toEqual([]);
    const news = tail.next(signal);
    head = { seq: 3, mark: 'three' };
    check();
    await news;
    expect(await tail.since({ seq: 5, mark: 'five' })).toBeNull();
    expect(await tail.since(head)).toEqual([]);
    let hasResolved = false;
    const next = tail.next(signal).then(() => {
      hasResolved = true;
    });
    check();
    await Promise.resolve();
    expect(hasResolved).toBe(false);
    tail.advance(4);
    await next;
    expect(await tail.since(LOG_START)).toBeNull();
    leave();
    tail.close();
  });

  it('that could not be read is announced to readers that began to wait meanwhile', async () => {
    let fail = (_: Error) => {};
    const end = () =>
      new Promise<LogPosition>((_, reject) => {
        fail = reject;
      });
    const tail = createLogTail({ readEnd: end, readAfter: async () => [], listen: () => () => {} });
    const leave = tail.join();
    const reading = tail.since(LOG_START);
    const news = tail.next(new AbortController().signal);
    fail(new Error('It is away.'));
    await expect(reading).rejects.toThrow('It is away.');
    await news;
    leave();
    tail.close();
  });

  it('that is further than was announced, and further than one page, is read to the end', async () => {
    const entries = Array.from({ length: 700 }, (_, index) => anEntry(index + 1));
    const tail = createLogTail({
      readEnd: () => LOG_START,
      readAfter: ({ seq }, limit) => entries.slice(seq, seq + limit).map((entry) => ({ entry, size: 1 })),
      listen: () => () => {},
    });
    const leave = tail.join();
    const { signal } = new AbortController();
    let position = LOG_START;
    expect(await tail.since(position)).toEqual([]);
    tail.found(3);
    const read: number[] = [];
    while (read.length < entries.length) {
      await tail.next(signal);
      const found = (await tail.since(position))!;
      read.push(...found.map(({ seq }) => seq));
      position = positionAfter(found.at(-1)!);
    }
    expect(read).toEqual(entries.map(({ seq }) => seq));
    leave();
    tail.close();
  });

  it('has no image of a record from before its purge, and those of all others', () => {
    const entry = (seq: number, recordId: string, operation: LogEntry['operation']) => {
      const before = operation === 'UPDATE' ? { text: `${recordId} ${seq}` } : null;
      const at = { at: '2026-01-31T09:30:00.000Z', actor: 'tester', requestId: 'test', collection: 'memories' };
      return { entry: { seq, ...at, recordId, version: seq, operation, before, isErased: false }, size: 10 };
    };
    const kept = extended(EMPTY_RANGE, [entry(1, 'a', 'UPDATE'), entry(2, 'b', 'UPDATE')]);
    const { entries } = extended(kept, [entry(3, 'a', 'UPDATE'), entry(4, 'a', 'PURGE'), entry(5, 'a', 'CREATE')]);
    expect(entries.map((each) => each.entry.before)).toEqual([null, { text: 'b 2' }, null, null, null]);
    expect(entries.map((each) => each.entry.isErased).slice(0, 3)).toEqual([true, false, true]);
  });
});

describe('following a log', () => {
  it('ends without a word when the store is closed before anything is read', async () => {
    const tail = createLogTail({
      readEnd: () => ({ seq: 5, mark: 'five' }),
      readAfter: () => [],
      listen: () => () => {},
    });
    let isClosed = false;
    const readAfter = () => {
      throw new Error('The connection is not open.');
    };
    const follow = createLogFollow({ tail, readAfter, isClosed: () => isClosed });
    const next = follow(LOG_START, new AbortController().signal)[Symbol.asyncIterator]().next();
    isClosed = true;
    tail.close();
    expect(await next).toEqual({ done: true, value: undefined });
  });
});

function anEntry(seq: number): LogEntry {
  const by = { at: '2026-01-31T09:30:00.000Z', actor: 'tester', requestId: 'test', collection: 'memories' };
  return { seq, ...by, recordId: `mem_${seq}`, version: 1, operation: 'CREATE', before: null, isErased: false };
}
