import { describe, expect, it } from 'vitest';
import { LOG_START, positionAfter } from '../../../src/domain/log-position.js';
import type { Migration } from '../../../src/domain/migration.js';
import { findHeld, requireHeld, withPositions } from '../../../src/migration/runner/checkpoint.js';
import { aMemory } from '../../support/records.js';
import { create, sides } from '../support/sides.js';

describe('where logs were, as a checkpoint says it', () => {
  it('is known by number alone when an earlier version noted it', () => {
    const old = { checkpoint: { epoch: 1, copiedFrom: 0, replayed: 5, movedSeq: 7 } } as unknown as Migration;
    const { checkpoint } = withPositions(old);
    const at = { copiedFrom: LOG_START, replayed: { seq: 5, mark: '' }, moved: { seq: 7, mark: '' } };
    expect(checkpoint).toEqual({ epoch: 1, ...at });
    expect(withPositions({ checkpoint } as Migration).checkpoint).toEqual(checkpoint);
    const unmoved = { checkpoint: { ...old.checkpoint, movedSeq: null } } as unknown as Migration;
    expect(withPositions(unmoved).checkpoint.moved).toBeNull();
  });

  it('is held by the log that has the entry, or, where no mark was noted, one of its number', async () => {
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
