import { describe, expect, it } from 'vitest';
import { createTail } from '../../src/storage/sqlite/tail.js';

describe('the end of a log', () => {
  it('that has become shorter, as one from a backup, is waited for rather than looked for again and again', async () => {
    let head = 5;
    const tail = createTail({ read: () => [], head: () => head, listen: () => () => {} });
    const leave = tail.join();
    head = 3;
    let hasResolved = false;
    const beyond = tail.beyond(3, new AbortController().signal).then(() => {
      hasResolved = true;
    });
    await Promise.resolve();
    expect(hasResolved).toBe(false);
    tail.advance(4);
    await beyond;
    leave();
    tail.close();
  });
});
