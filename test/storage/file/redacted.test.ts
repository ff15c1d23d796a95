import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Memory } from '../../../src/domain/memory.js';
import type { RecordBase } from '../../../src/domain/record.js';
import { memories } from '../../../src/storage/collections.js';
import type { Store } from '../../../src/storage/store.js';
import { context, EPOCH, put } from '../../contract/store.js';
import { fileFactory } from '../../support/files/files.js';
import { aMemory } from '../../support/records.js';

const CANARY = 'canary-4f1d';
const redacted = (memory: Memory): Memory => ({ ...memory, content: memory.content.replace(CANARY, '[redacted]') });

describe('images that are rewritten in the files of a log', () => {
  const factory = fileFactory();
  let place: string;
  let store: Store;
  let versions: Memory[];
  beforeEach(async () => {
    place = await factory.place();
    store = await factory.open(place, EPOCH);
    const first = aMemory({ content: `one ${CANARY}` });
    versions = [first, { ...first, version: 2, content: `two ${CANARY}` }, { ...first, version: 3, content: 'three' }];
    for (const each of versions) await store.commit([put(each), put(aMemory({ content: 'another' }))], context());
  });
  afterEach(() => factory.cleanUp());

  const current = () => join(place, 'log/current.jsonl');
  const rewrite = (of: Store = store) => of.rewriteImages(versions.slice(0, 2).map(redacted), EPOCH);
  /** Another server: with a cache of its own. */
  const openOther = () => factory.open(place, undefined, `${place}.other/files.db`);
  const contents = async (of: Store) =>
    (await of.log.read(0, 100)).flatMap(({ before }) => (before ? [before.content] : []));
  const holdsCanary = (folder: string) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .filter((path) => readFileSync(path).includes(CANARY));

  it('are in no file, and in the cache of every server', async () => {
    const other = await openOther();
    expect(await contents(other)).toEqual([`one ${CANARY}`, `two ${CANARY}`]);
    await rewrite();
    for (const each of [store, other]) expect(await contents(each)).toEqual(['one [redacted]', 'two [redacted]']);
    expect(await other.health()).toEqual({ ok: true, problems: [] });
    await store.close();
    await other.close();
    for (const folder of [place, `${place}.other`, `${place}.cache`]) expect(holdsCanary(folder)).toEqual([]);
    store = await factory.open(place);
    expect(await contents(store)).toEqual(['one [redacted]', 'two [redacted]']);
    expect(await store.collection(memories).get([versions[0]!.id])).toEqual([versions[2]]);
  });

  it('are rewritten by the next server when the first one was killed between the log’s new line and its earlier ones', async () => {
    await store.close();
    const before = readFileSync(current());
    cpSync(`${place}.cache`, `${place}.kept`, { recursive: true });
    store = await factory.open(place);
    await rewrite();
    await store.close();
    const line = readFileSync(current(), 'utf8').trimEnd().split('\n').at(-1)!;
    writeFileSync(current(), Buffer.concat([before, Buffer.from(`${line}\n`)]));
    rmSync(`${place}.cache`, { recursive: true });
    cpSync(`${place}.kept`, `${place}.cache`, { recursive: true });
    rmSync(`${place}.kept`, { recursive: true });
    expect(holdsCanary(place)).toEqual([current()]);

    store = await factory.open(place);
    expect(await contents(store)).toEqual(['one [redacted]', 'two [redacted]']);
    await store.close();
    for (const folder of [place, `${place}.cache`]) expect(holdsCanary(folder)).toEqual([]);
  });

  it('are rewritten by a repetition when a cache was made anew from a log that is half rewritten', async () => {
    await store.close();
    const before = readFileSync(current(), 'utf8').trimEnd().split('\n');
    store = await factory.open(place);
    await rewrite();
    await store.close();
    const after = readFileSync(current(), 'utf8').trimEnd().split('\n');
    // The first lines as they were: as if they were in another segment.
    writeFileSync(current(), `${[...before.slice(0, 2), ...after.slice(2)].join('\n')}\n`);
    rmSync(`${place}.cache`, { recursive: true });
    store = await factory.open(place);
    expect(await contents(store)).toEqual(['one [redacted]', 'two [redacted]']);
    await store.close();
    for (const folder of [place, `${place}.cache`]) expect(holdsCanary(folder)).toEqual([]);
  });

  it('stay purged where a record was purged since', async () => {
    const other = await openOther();
    await other.close();
    await rewrite();
    await store.commit([{ kind: 'remove', collection: 'memories', id: versions[0]!.id, version: 3 }], context());
    await store.close();
    const again = await openOther();
    expect(await contents(again)).toEqual([]);
    expect(readFileSync(current(), 'utf8')).not.toContain('[redacted]');
  });

  it('take the earlier copies of the project’s record with them', async () => {
    const project = { ...aMemory(), id: 'prj_01jzzzzzzzzzzzzzzzzzzzzzzz' };
    const copy = (description: string, version: number) =>
      store.writeManifest({ id: project.id, version, description });
    await copy(CANARY, 1);
    await copy('clean', 2);
    expect(holdsCanary(place)).not.toEqual([]);
    expect(await store.rewriteImages([project as RecordBase], EPOCH)).toBe(0);
    expect(readFileSync(current(), 'utf8').match(/"kind":"manifest"/g)).toHaveLength(2);
    expect(await store.manifest()).toMatchObject({ description: 'clean' });
    await rewrite();
    await store.close();
    expect(holdsCanary(place)).toEqual([]);
    rmSync(`${place}.cache`, { recursive: true });
    store = await factory.open(place);
    expect(await store.manifest()).toMatchObject({ description: 'clean' });
    expect(await store.health()).toEqual({ ok: true, problems: [] });
  });
});
