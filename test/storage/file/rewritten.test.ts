import { existsSync, linkSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Memory } from '../../../src/domain/memory.js';
import { memories } from '../../../src/storage/collections.js';
import type { Store } from '../../../src/storage/store.js';
import { context, EPOCH, put } from '../../contract/store.js';
import { fileFactory } from '../../support/files/files.js';
import { aMemory } from '../../support/records.js';

describe('a rewritten log', () => {
  const factory = fileFactory();
  const all: Memory[] = [];
  let place: string;
  let store: Store;
  beforeEach(async () => {
    place = await factory.place();
    store = await factory.open(place, EPOCH);
    all.splice(0, all.length, ...Array.from({ length: 4 }, (_, n) => aMemory({ content: `${n}`.repeat(3_000) })));
    for (const memory of all) await save(memory);
  });
  afterEach(() => factory.cleanUp());

  const current = () => join(place, 'log/current.jsonl');
  const pathOf = ({ id }: Memory) => join(place, 'memories/2026/01/01', `${id}.json`);
  const save = (memory: Memory) => store.commit([put(memory)], context());
  const purge = ({ id }: Memory) =>
    store.commit([{ kind: 'remove', collection: 'memories', id, version: 1 }], context());
  /** Another server: with a cache of its own. */
  const openOther = () => factory.open(place, undefined, `${place}.other/files.db`);
  const idsIn = async (of: Store) => (await of.scan(memories, null, 100)).map(({ id }) => id);
  const seqsIn = async (of: Store) => (await of.log.read(0, 100)).map(({ seq }) => seq);
  /** Changes the log with its inode kept, as on file systems that reuse inodes. */
  const onSameInode = async (work: () => Promise<void>) => {
    const kept = join(place, 'log', 'kept');
    linkSync(current(), kept);
    const { ino } = statSync(kept);
    await work();
    await store.close();
    writeFileSync(kept, readFileSync(current()));
    renameSync(kept, current());
    expect(statSync(current()).ino).toBe(ino);
  };
  /** Fills the log up to a size, to the byte. */
  const fillTo = async (size: number) => {
    const before = statSync(current()).size;
    const probe = aMemory({ content: '' });
    await save(probe);
    const line = statSync(current()).size - before;
    const filler = aMemory({ content: 'f'.repeat(size - statSync(current()).size - line) });
    await save(filler);
    expect(statSync(current()).size).toBe(size);
    return [probe, filler];
  };
  const expectOther = async (other: Store, there: readonly Memory[], seqs: number) => {
    expect(await idsIn(other)).toEqual(there.map(({ id }) => id).sort());
    expect(await seqsIn(other)).toEqual(Array.from({ length: seqs }, (_, n) => n + 1));
    expect(existsSync(pathOf(all[0]!))).toBe(false);
    expect(await other.health()).toEqual({ ok: true, problems: [] });
    const later = aMemory();
    await other.commit([put(later)], context());
    expect((await other.log.head()).seq).toBe(seqs + 1);
  };

  it('that has grown beyond where a server stopped is read by it from the new position', async () => {
    await (await openOther()).close();
    const more = [aMemory({ content: 'm'.repeat(9_000) }), aMemory()];
    await onSameInode(async () => {
      await purge(all[0]!);
      for (const memory of more) await save(memory);
    });
    await expectOther(await openOther(), [...all.slice(1), ...more], 7);
  });

  it('that is as large as when a server stopped is read by it all the same', async () => {
    await (await openOther()).close();
    const { size } = statSync(current());
    let more: Memory[] = [];
    await onSameInode(async () => {
      await purge(all[0]!);
      more = await fillTo(size);
    });
    await expectOther(await openOther(), [...all.slice(1), ...more], 7);
  });

  it.each([
    ['smaller than', async () => undefined],
    ['as large as', fillTo],
  ] as const)('that is %s a running server has seen it is noticed by its next read', async (_, fill) => {
    const other = await openOther();
    const { size } = statSync(current());
    let more: Memory[] | undefined;
    await onSameInode(async () => {
      await purge(all[0]!);
      more = await fill(size);
    });
    await expectOther(other, [...all.slice(1), ...(more ?? [])], 5 + (more?.length ?? 0));
  });

  it('that was restored from an older one, and grew again, has the cache rebuilt', async () => {
    const older = readFileSync(current());
    await save(aMemory({ content: 'only in the newer one' }));
    await (await openOther()).close();
    const later = [aMemory({ content: 'l'.repeat(9_000) }), aMemory()];
    await store.close();
    writeFileSync(current(), older);
    store = await factory.open(place, undefined, `${place}.third/files.db`);
    for (const memory of later) await save(memory);
    const other = await openOther();
    expect(await idsIn(other)).toEqual(await idsIn(store));
    expect(await seqsIn(other)).toEqual(await seqsIn(store));
    expect(await idsIn(other)).toEqual(expect.arrayContaining(later.map(({ id }) => id)));
  });

  it('where the line of a purge is damaged never brings the purged record back', async () => {
    await (await openOther()).close();
    await purge(all[0]!);
    const later = aMemory();
    await save(later);
    await store.close();
    const lines = readFileSync(current(), 'utf8').split('\n');
    const damaged = lines.findIndex((line) => line.includes('PURGE'));
    lines[damaged] = lines[damaged]!.replace('tester', 'tesser');
    writeFileSync(current(), lines.join('\n'));
    const other = await openOther();
    expect(await idsIn(other)).toEqual([...all.slice(1), later].map(({ id }) => id).sort());
    expect(existsSync(pathOf(all[0]!))).toBe(false);
    expect((await other.health()).problems.join()).toContain(`line ${damaged + 1} of log/current.jsonl`);
  });
});
