import { describe, expect, it } from 'vitest';
import { createIdGenerator } from '../../../src/domain/id.js';
import type { Memory } from '../../../src/domain/memory.js';
import { copy } from '../../../src/migration/transfer/copy.js';
import { verify } from '../../../src/migration/verify/verify.js';
import { verifyKept } from '../../../src/migration/verify/verify-kept.js';
import { memories } from '../../../src/storage/collections.js';
import type { Store } from '../../../src/storage/store.js';
import { aMemory } from '../../support/records.js';
import {
  contents,
  copyAll,
  copyOptions,
  create,
  edit,
  type Kind,
  PAIRS,
  positionIn,
  replayAll,
  sides,
  TARGET_EPOCH,
  write,
} from '../support/sides.js';

const newId = createIdGenerator();
/** More writes than anything here takes steps: only an endless walk reaches this. */
const ENDLESS = 60;

/** A memory with the next id. */
const later = () => aMemory({ id: newId('memory', 'abcdefgh') });

/** A store in which a memory is created after every scan, the fastest that any writer could be. */
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

describe.each(PAIRS)('from $from to $to, while a record is created with each read', ({ from, to, isSkipped }) => {
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

/** Both sides of a move that has copied everything, and how they are compared while nothing is replayed. */
async function behind(from: Kind, to: Kind, count: number) {
  const [source, target] = [await sides.store(from), await sides.store(to, TARGET_EPOCH)];
  const documents = Array.from({ length: count }, later);
  for (const document of documents) await create(source, document);
  await copyAll(await copyOptions(source, target));
  const [one, other] = [await sides.side(source), await sides.side(target)];
  let catchUps = 0;
  const steps = verify({
    ...{ source: one, target: other, from: null, repair: null, isSameModel: true },
    bound: newId('task', 'abcdefgh'),
    catchUp: async () => {
      catchUps += 1;
    },
    isRejected: async () => false,
  });
  const purge = ({ id, version }: Memory) => write(source, { kind: 'remove', collection: memories.name, id, version });
  return { source, target, documents, steps, purge, catchUps: () => catchUps };
}

describe.each(PAIRS)('comparing $from with $to, while nothing is replayed', ({ from, to, isSkipped }) => {
  it.skipIf(isSkipped)('leaves what is written meanwhile to the replay, and waits only for the start', async () => {
    const { source, documents, steps, purge, catchUps } = await behind(from, to, 6);
    let isFirst = true;
    for await (const { mismatches } of steps) {
      expect(mismatches).toEqual([]);
      if (!isFirst) continue;
      isFirst = false;
      await edit(source, documents[0]!, { content: 'changed' });
      await edit(source, documents[1]!, { deletedAt: documents[1]!.createdAt });
      // Its entry's image is erased as well.
      await purge(await edit(source, documents[2]!, { content: 'gone' }));
      await purge(documents[3]!);
    }
    expect(catchUps()).toBe(1);
  });

  it.skipIf(isSkipped)('names what is wrong all the same', async () => {
    const { source, target, documents, steps } = await behind(from, to, 6);
    const [entry] = await source.log.read(0, 1);
    const removed = [{ collection: memories.name, id: documents[1]!.id }];
    await target.import({ documents: [], entries: [{ ...entry!, actor: 'nobody' }], removed }, TARGET_EPOCH);
    const found: string[] = [];
    for await (const { at, mismatches } of steps) {
      found.push(...mismatches.map(({ collection, recordId }) => `${collection} ${recordId}`));
      // Of what an entry says, nothing changes by that.
      if (at.collection === memories.name) await edit(source, (await source.scan(memories, null, 1))[0]!, {});
    }
    expect(found).toEqual([`memories ${documents[1]!.id}`, 'log 1']);
  });
});

describe('what is left to the log', () => {
  it('is what was created since according to the log, whatever the time in its id', async () => {
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
