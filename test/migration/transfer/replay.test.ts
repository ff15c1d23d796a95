import { describe, expect, it } from 'vitest';
import { RouteChangedError } from '../../../src/domain/errors.js';
import { LOG_START, positionAfter } from '../../../src/domain/log-position.js';
import type { Memory } from '../../../src/domain/memory.js';
import type { Reject } from '../../../src/migration/errors.js';
import { replay } from '../../../src/migration/transfer/replay.js';
import { memories } from '../../../src/storage/collections.js';
import type { ImportBatch, Store } from '../../../src/storage/store.js';
import { aMemory } from '../../support/records.js';
import {
  contents,
  create,
  createScribe,
  edit,
  limited,
  noRejects,
  PAIRS,
  replayAll,
  sides,
  TARGET_EPOCH,
  write,
} from '../support/sides.js';

const purge = (store: Store, { id, version }: Memory) =>
  write(store, { kind: 'remove', collection: memories.name, id, version });

describe.each(PAIRS)('replaying from $from to $to', ({ from, to, isSkipped }) => {
  it.skipIf(isSkipped)('brings the current records, the entries as they are, and what was erased of them', async () => {
    const [source, target] = [await sides.store(from), await sides.store(to, TARGET_EPOCH)];
    const scribe = createScribe(source);
    await scribe.write(60);
    const position = await replayAll(source, target, LOG_START);
    expect(await contents(target)).toEqual(await contents(source));
    const memory = aMemory({ content: 'a secret' });
    await create(source, memory);
    const edited = await edit(source, memory, { content: 'another' });
    const purgedFrom = await replayAll(source, target, position);
    await purge(source, edited);
    await source.trimLog('2026-01-01T00:00:00.001Z');
    await replayAll(source, target, purgedFrom);
    expect(JSON.stringify(await contents(target))).not.toContain('secret');
    expect(await contents(target)).toEqual(await contents(source));
    expect(await target.log.head()).toEqual(await source.log.head());
  });
});

describe('replaying', () => {
  const options = (source: Store, target: Store) => ({
    ...{ source, target, epoch: TARGET_EPOCH, after: LOG_START, limit: 100, onReject: noRejects },
  });

  it('proceeds page by page, and says where it is', async () => {
    const [source, target] = [await sides.store('SQLite'), await sides.store('SQLite', TARGET_EPOCH)];
    for (let n = 0; n < 5; n += 1) await create(source, aMemory());
    const positions = [LOG_START, ...(await source.log.read(0, 5)).map(positionAfter)];
    const page = (after: number) => replay({ ...options(source, target), after: positions[after]!, limit: 2 });
    expect(await page(0)).toEqual({ end: positions[2], entries: 2, mismatches: [] });
    expect((await contents(target)).memories).toHaveLength(2);
    expect(await page(2)).toMatchObject({ end: positions[4], entries: 2 });
    expect(await page(4)).toMatchObject({ end: positions[5], entries: 1 });
    expect(await page(5)).toEqual({ end: positions[5], entries: 0, mismatches: [] });
  });

  it('continues after an entry stored by number alone, and returns it with its mark, also when nothing follows', async () => {
    const [source, target] = [await sides.store('SQLite'), await sides.store('SQLite', TARGET_EPOCH)];
    await create(source, aMemory(), aMemory());
    const end = await replayAll(source, target, LOG_START);
    expect(await replay({ ...options(source, target), after: { ...end, mark: '' } })).toMatchObject({
      end,
      entries: 0,
    });
    expect(
      await replay({ ...options(source, source), after: { seq: 9, mark: '' } }).catch(({ problem }) => problem),
    ).toMatchObject({ code: 'LOG_REPLACED' });
  });

  it('writes few megabytes at a time', async () => {
    const [source, target] = [await sides.store('SQLite'), await sides.store('SQLite', TARGET_EPOCH)];
    let memory = aMemory({ content: 'l'.repeat(1_000_000) });
    await create(source, memory, ...Array.from({ length: 5 }, () => aMemory({ content: 'm'.repeat(1_000_000) })));
    for (let n = 0; n < 8; n += 1) memory = await edit(source, memory, { metadata: { n } });
    const sizes: number[] = [];
    const measured: Store = {
      ...target,
      import: (batch, epoch) => {
        sizes.push(JSON.stringify(batch).length);
        return target.import(batch, epoch);
      },
    };
    expect(await replay(options(source, measured))).toEqual({
      end: expect.objectContaining({ seq: 14 }),
      entries: 14,
      mismatches: [],
    });
    expect(Math.max(...sizes)).toBeLessThan(4_300_000);
    expect(await contents(target)).toEqual(await contents(source));
  });

  it('copies the floor when the log was trimmed and nothing was written', async () => {
    const [source, target] = [await sides.store('SQLite'), await sides.store('SQLite', TARGET_EPOCH)];
    const memory = aMemory();
    await create(source, memory);
    await edit(source, memory, { content: 'edited' });
    const position = await replayAll(source, target, LOG_START);
    await source.trimLog('2026-02-01T00:00:00.000Z');
    expect(await replay({ ...options(source, target), after: position })).toMatchObject({
      end: { seq: 2 },
      entries: 0,
    });
    expect(await target.log.head()).toMatchObject({ seq: 2, floor: 2 });
    expect(await contents(target)).toEqual(await contents(source));
  });

  it('names what the target doesn’t have as it was written', async () => {
    const [source, target] = [await sides.store('SQLite'), await sides.store('SQLite', TARGET_EPOCH)];
    const made = [aMemory({ content: 'kept' }), aMemory({ content: 'changed' }), aMemory({ content: 'lost' })];
    await create(source, ...made);
    const forgetful: Store = {
      ...target,
      import: ({ documents, entries, ...rest }: ImportBatch, epoch) =>
        target.import(
          {
            documents: documents
              .filter(({ document }) => (document as Memory).content !== 'lost')
              .map(({ document: each, ...place }) => ({
                ...place,
                document: (each as Memory).content === 'changed' ? ({ ...each, content: '?' } as Memory) : each,
              })),
            entries: entries.map((entry) => (entry.seq === 2 ? { ...entry, actor: 'nobody' } : entry)),
            ...rest,
          },
          epoch,
        ),
    };
    const { mismatches } = await replay(options(source, forgetful));
    expect(mismatches).toEqual([
      expect.objectContaining({ collection: 'memories', recordId: made[1]!.id, differing: ['content'] }),
      expect.objectContaining({ collection: 'memories', recordId: made[2]!.id, differing: [] }),
      expect.objectContaining({ collection: 'log', recordId: '2', differing: ['actor'] }),
    ]);
  });

  it('leaves nothing of a record that has become too large for the target, and copies it when it is small again', async () => {
    const [source, target] = [await sides.store('SQLite'), await sides.store('SQLite', TARGET_EPOCH)];
    const memory = aMemory();
    await create(source, memory, aMemory());
    const position = await replayAll(source, target, LOG_START);
    const large = await edit(source, memory, { content: 'x'.repeat(9_000) });
    const rejects: Reject[] = [];
    const onReject = async (reject: Reject) => void rejects.push(reject);
    const done = await replay({ ...options(source, limited(target, 3_000)), after: position, onReject });
    expect(rejects).toEqual([{ collection: 'memories', recordId: memory.id, reason: expect.any(String) }]);
    expect(done.mismatches).toEqual([]);
    expect((await contents(target)).memories).toHaveLength(1);
    await edit(source, large, { content: 'small' });
    await replayAll(source, target, done.end);
    expect(await contents(target)).toEqual(await contents(source));
  });

  it.each(['source', 'target'] as const)('writes nothing once the log of its %s is another one', async (side) => {
    const stores = { source: await sides.store('SQLite'), target: await sides.store('SQLite', TARGET_EPOCH) };
    await create(stores.source, aMemory(), aMemory());
    const position = await replayAll(stores.source, stores.target, LOG_START);
    const another = { source: await sides.store('SQLite'), target: await sides.store('SQLite', TARGET_EPOCH) };
    await create(another.source, aMemory(), aMemory(), aMemory());
    const source = side === 'source' ? another.source : stores.source;
    const target = side === 'target' ? another.target : stores.target;
    await expect(replay({ ...options(source, target), after: position })).rejects.toMatchObject({
      problem: { code: 'LOG_REPLACED', hint: expect.stringContaining('start again') },
    });
    expect((await contents(target)).log).toHaveLength(side === 'target' ? 0 : 2);
  });

  it('writes nothing under another epoch than the target’s', async () => {
    const [source, target] = [await sides.store('SQLite'), await sides.store('SQLite', TARGET_EPOCH)];
    await create(source, aMemory());
    await expect(replay({ ...options(source, target), epoch: TARGET_EPOCH - 1 })).rejects.toThrow(RouteChangedError);
    expect((await contents(target)).log).toEqual([]);
  });
});
