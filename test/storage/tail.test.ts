import { describe, expect, it } from 'vitest';
import { LOG_START, type LogPosition } from '../../src/domain/log-position.js';
import { createTail as createMongoTail } from '../../src/storage/mongodb/tail.js';
import { createTail } from '../../src/storage/sqlite/tail.js';

describe('the end of a log', () => {
  it('that has become shorter, as one from a backup, is told of once, and then waited for', async () => {
    let head: LogPosition = { seq: 5, mark: 'five' };
    let ring = () => {};
    const listen = (onRing: () => void) => {
      ring = onRing;
      return () => {};
    };
    const tail = createTail({ read: () => [], head: () => head, holds: () => false, listen });
    const leave = tail.join();
    const { signal } = new AbortController();
    expect(tail.since(head)).toEqual([]);
    const told = tail.next(signal);
    head = { seq: 3, mark: 'three' };
    ring();
    await told;
    expect(tail.since({ seq: 5, mark: 'five' })).toBeNull();
    expect(tail.since(head)).toEqual([]);
    let hasResolved = false;
    const next = tail.next(signal).then(() => {
      hasResolved = true;
    });
    ring();
    await Promise.resolve();
    expect(hasResolved).toBe(false);
    tail.advance(4);
    await next;
    expect(tail.since(LOG_START)).toBeNull();
    leave();
    tail.close();
  });

  it('that could not be read in MongoDB is news to those who began to wait meanwhile', async () => {
    let fail = (_: Error) => {};
    const end = () =>
      new Promise<LogPosition>((_, reject) => {
        fail = reject;
      });
    const tail = createMongoTail({ positions: { end, readAfter: async () => [] }, listen: () => () => {} });
    const leave = tail.join();
    const reading = tail.since(LOG_START);
    const told = tail.next(new AbortController().signal);
    fail(new Error('It is away.'));
    await expect(reading).rejects.toThrow('It is away.');
    await told;
    leave();
    tail.close();
  });
});
