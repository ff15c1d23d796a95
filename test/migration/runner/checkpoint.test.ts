import { describe, expect, it } from 'vitest';
import { LOG_START, positionAfter } from '../../../src/domain/log-position.js';
import { findHeld, requireHeld } from '../../../src/migration/runner/checkpoint.js';
import { aMemory } from '../../support/records.js';
import { create, sides } from '../support/sides.js';

describe('the position of a checkpoint', () => {
  it('is held by the log that has the entry, or, if it has no mark, an entry of its number', async () => {
    const store = await sides.store('SQLite');
    await create(store, aMemory(), aMemory());
    const last = positionAfter((await store.log.read(1, 1))[0]!);
    for (const position of [LOG_START, last]) expect(await findHeld(store, position)).toEqual(position);
    expect(await findHeld(store, { seq: 2, mark: '' })).toEqual(last);
    for (const position of [
      { ...last, mark: 'another' },
      { seq: 3, mark: '' },
    ]) {
      expect(await findHeld(store, position)).toBeNull();
      await expect(requireHeld(store, position, 'It')).rejects.toMatchObject({ problem: { code: 'LOG_REPLACED' } });
    }
  });
});
