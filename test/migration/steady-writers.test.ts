import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createIdGenerator } from '../../src/domain/id.js';
import { copy } from '../../src/migration/copy.js';
import { verify } from '../../src/migration/verify.js';
import { verifyKept } from '../../src/migration/verify-kept.js';
import { memories } from '../../src/storage/collections.js';
import type { Store } from '../../src/storage/store.js';
import { aMemory } from '../contract/store.js';
import {
  contents,
  copyAll,
  copyOptions,
  create,
  createSides,
  PAIRS,
  positionIn,
  replayAll,
  type Sides,
  TARGET_EPOCH,
} from './sides.js';

let sides: Sides;
beforeEach(() => {
  sides = createSides();
});
afterEach(() => sides.cleanUp());

const newId = createIdGenerator();
/** More writes than anything here takes steps: one that goes on for ever gets there. */
const ENDLESS = 60;

/** A memory with the next id. */
const later = () => aMemory({ id: newId('memory', 'abcdefgh') });

/** A store in which somebody creates a memory whenever it was scanned, as fast as anybody can. */
function everGrowing(store: Store): Store & { readonly created: () => number } {
  let created = 0;
  return {
    ...store,
    created: () => created,
    async scan(spec, afterId, limit) {
      const found = await store.scan(spec, afterId, limit);
      if (spec.name === memories.name && created < ENDLESS) {
        created += 1;
        await create(store, later());
      }
      return found;
    },
  };
}

describe.each(PAIRS)('from $from to $to, while a record is created with each look', ({ from, to, isSkipped }) => {
  it.skipIf(isSkipped)('copying ends, and the log brings the rest', async () => {
    const [source, target] = [await sides.store(from), await sides.store(to, TARGET_EPOCH)];
    await create(source, later(), later(), later());
    const growing = everGrowing(source);
    const bound = newId('task', 'abcdefgh');
    const options = await copyOptions(growing, target, { batchSize: 2, bound });
    for await (const _ of copy(options));
    expect(growing.created()).toBeLessThan(ENDLESS);
    expect((await contents(target)).memories).toHaveLength(3);
    await replayAll(source, target, await positionIn(source, options.until));
    expect(await contents(target)).toEqual(await contents(source));
  });

  it.skipIf(isSkipped)('comparing ends, before the flip and after', async () => {
    const [source, target] = [await sides.store(from), await sides.store(to, TARGET_EPOCH)];
    await create(source, later(), later(), later());
    await copyAll(await copyOptions(source, target));
    const movedSeq = (await source.log.head()).seq;
    const [one, other] = [await sides.side(source), await sides.side(target)];
    const growing = everGrowing(source);
    let position = await positionIn(source, movedSeq);
    const steps = verify({
      source: { ...one, store: growing },
      target: other,
      ...{ from: null, repair: null, isSameModel: true, bound: newId('task', 'abcdefgh') },
      catchUp: async () => {
        position = await replayAll(source, target, position);
      },
      isRejected: async () => false,
    });
    for await (const { mismatches } of steps) expect(mismatches).toEqual([]);
    expect(growing.created()).toBeLessThan(ENDLESS);
    const still = everGrowing(source);
    const bound = newId('task', 'abcdefgh');
    const kept = { ...other, store: target };
    const again = verifyKept({ kept, live: { ...one, store: still }, movedSeq: position.seq, bound });
    for await (const { mismatches } of again) expect(mismatches).toEqual([]);
    expect(still.created()).toBeLessThan(ENDLESS);
  });
});

describe('what is left to the log', () => {
  it('is what was created since by the log, whatever its id says of when', async () => {
    const [source, target] = [await sides.store('SQLite'), await sides.store('SQLite', TARGET_EPOCH)];
    // The clock of another server is ahead.
    const bound = newId('task', 'abcdefgh');
    const ahead = later();
    await create(source, ahead);
    const options = await copyOptions(source, target, { bound });
    await copyAll(options);
    expect((await contents(target)).memories).toEqual([ahead]);
  });
});
