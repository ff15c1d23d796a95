import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../src/domain/log-entry.js';
import { LOG_START, type LogPosition } from '../../src/domain/log-position.js';
import { createTail as createMongoTail } from '../../src/storage/mongodb/log/tail.js';
import { EMPTY_STRETCH, lengthened } from '../../src/storage/shared/log-range.js';
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

  it('has no image of a record from before its purge, and those of all others', () => {
    const entry = (seq: number, recordId: string, operation: LogEntry['operation']) => {
      const before = operation === 'UPDATE' ? { text: `${recordId} ${seq}` } : null;
      const at = { at: '2026-01-31T09:30:00.000Z', actor: 'tester', requestId: 'test', collection: 'memories' };
      return { entry: { seq, ...at, recordId, version: seq, operation, before, isErased: false }, size: 10 };
    };
    const kept = lengthened(EMPTY_STRETCH, [entry(1, 'a', 'UPDATE'), entry(2, 'b', 'UPDATE')]);
    const { entries } = lengthened(kept, [entry(3, 'a', 'UPDATE'), entry(4, 'a', 'PURGE'), entry(5, 'a', 'CREATE')]);
    expect(entries.map((each) => each.entry.before)).toEqual([null, { text: 'b 2' }, null, null, null]);
    expect(entries.map((each) => each.entry.isErased).slice(0, 3)).toEqual([true, false, true]);
  });
});
