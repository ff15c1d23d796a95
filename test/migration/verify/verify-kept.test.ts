import { describe, expect, it } from 'vitest';
import type { Memory } from '../../../src/domain/memory.js';
import { type VerifyKeptOptions, verifyKept } from '../../../src/migration/verify/verify-kept.js';
import type { VerifyStep } from '../../../src/migration/verify/verify-step.js';
import { memories } from '../../../src/storage/collections.js';
import type { Store } from '../../../src/storage/store.js';
import { aMemory } from '../../support/records.js';
import {
  copyAll,
  copyOptions,
  create,
  createScribe,
  edit,
  type Kind,
  PAIRS,
  SOURCE_EPOCH,
  sides,
  TARGET_EPOCH,
  write,
} from '../support/sides.js';

const FENCED = SOURCE_EPOCH + 1;

/** A project that was moved: its source accepts no more writes, and its target does. */
async function moved(
  from: Kind,
  to: Kind,
): Promise<VerifyKeptOptions & { readonly scribe: { write(n: number): Promise<void> } }> {
  const [kept, live] = [await sides.store(from), await sides.store(to, TARGET_EPOCH)];
  const scribe = createScribe(kept);
  await scribe.write(90);
  const { until } = await copyOptions(kept, live);
  await copyAll(await copyOptions(kept, live));
  await kept.setEpoch(SOURCE_EPOCH, FENCED);
  await live.setEpoch(TARGET_EPOCH, SOURCE_EPOCH);
  const later = createScribe(live, 'later');
  return { kept: await sides.side(kept), live: await sides.side(live), movedSeq: until, scribe: later };
}

async function all(options: VerifyKeptOptions): Promise<readonly VerifyStep[]> {
  const steps: VerifyStep[] = [];
  for await (const step of verifyKept(options)) steps.push(step);
  return steps;
}

const found = (steps: readonly VerifyStep[]) =>
  steps
    .flatMap(({ mismatches }) => mismatches)
    .map(({ collection, recordId, differing }) => [collection, recordId, ...differing]);

const live = async (store: Store): Promise<readonly Memory[]> =>
  (await store.scan(memories, null, 100)).filter(({ deletedAt }) => deletedAt === null);

const purge = (store: Store, { id, version }: Memory) =>
  write(store, { kind: 'remove', collection: memories.name, id, version });

/** Changes a store by an import, as no request can. */
async function damage(store: Store, epoch: number, batch: Partial<Parameters<Store['import']>[0]>): Promise<void> {
  await store.setEpoch(epoch, TARGET_EPOCH);
  await store.import({ documents: [], entries: [], removed: [], ...batch }, TARGET_EPOCH);
  await store.setEpoch(TARGET_EPOCH, epoch);
}

describe.each(PAIRS)('verifying the source kept in $from against $to', ({ from, to, isSkipped }) => {
  it.skipIf(isSkipped)('finds nothing while the project is worked on', async () => {
    const options = await moved(from, to);
    const [edited, purged] = await live(options.live.store);
    await edit(options.live.store, edited!, { content: 'edited since' });
    await purge(options.live.store, await edit(options.live.store, purged!, { content: 'to be purged' }));
    await options.scribe.write(30);
    const steps: VerifyStep[] = [];
    for await (const step of verifyKept(options)) {
      steps.push(step);
      await options.scribe.write(5);
    }
    expect(found(steps)).toEqual([]);
    expect(new Set(steps.map(({ at }) => at.collection))).toEqual(
      new Set(['tasks', 'memories', 'sessions', 'states', 'log']),
    );
  });

  it.skipIf(isSkipped)('names what isn’t as it was', async () => {
    const options = await moved(from, to);
    const [edited, spoiled, changed, lost] = (await live(options.live.store)) as [Memory, Memory, Memory, Memory];
    await damage(options.kept.store, FENCED, { documents: [put({ ...spoiled, role: 'SYSTEM' })] });
    const extra = aMemory();
    await damage(options.live.store, SOURCE_EPOCH, {
      documents: [put({ ...changed, content: 'changed' }), put(extra)],
      removed: [{ collection: memories.name, id: lost.id }],
      entries: [{ ...(await options.live.store.log.read(4, 1))[0]!, requestId: 'another' }],
    });
    await edit(options.live.store, edited, { content: 'edited since' });
    await edit(options.live.store, spoiled, { content: 'edited since' });
    await options.scribe.write(20);
    expect(found(await all(options))).toEqual([
      ['memories', spoiled.id, 'role'],
      ['memories', changed.id, 'content'],
      ['memories', lost.id],
      ['memories', extra.id],
      ['log', '5', 'requestId'],
    ]);
  });
});

describe('verifying the kept source', () => {
  it('names what was written there after the move', async () => {
    const options = await moved('SQLite', 'SQLite');
    await options.kept.store.setEpoch(FENCED, SOURCE_EPOCH);
    const memory = aMemory();
    await create(options.kept.store, memory);
    expect(found(await all(options))).toEqual([
      ['memories', memory.id],
      ['log', `${options.movedSeq + 1}`],
    ]);
  });

  it('doesn’t expect what couldn’t be copied', async () => {
    const options = await moved('SQLite', 'SQLite');
    const [left] = await live(options.live.store);
    await damage(options.live.store, SOURCE_EPOCH, { removed: [{ collection: memories.name, id: left!.id }] });
    expect(found(await all({ ...options, isRejected: async (_, id) => id === left!.id }))).toEqual([]);
    expect(found(await all(options))).toEqual([['memories', left!.id]]);
  });
});

function put(document: Memory) {
  return { collection: memories.name, document };
}
