import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Memory } from '../../../src/domain/memory.js';
import { memories } from '../../../src/storage/collections.js';
import { createFileStore } from '../../../src/storage/file/store.js';
import { createFileWriter } from '../../../src/storage/file/writer.js';
import type { Store } from '../../../src/storage/store.js';
import { context, EPOCH, put, STORE_COLLECTIONS } from '../../contract/store.js';
import { cacheOf, eventually, fileFactory } from '../../support/files/files.js';
import { aMemory } from '../../support/records.js';

/** Root, to whom no file is forbidden. */
const isRoot = process.getuid?.() === 0;
if (isRoot) console.warn('Skipped as root, who may read everything: a folder that this user may not read.');

describe('an entry of a project’s folder that can’t be scanned', () => {
  const factory = fileFactory();
  let place: string;
  let store: Store;
  let memory: Memory;
  beforeEach(async () => {
    place = await factory.place();
    store = await factory.open(place, EPOCH);
    memory = aMemory({ content: 'as it was' });
    await store.commit([put(memory)], context());
  });
  afterEach(() => factory.cleanUp());

  const collection = () => join(place, 'memories');
  const pathOf = ({ id }: Memory) => join(collection(), '2026/01/01', `${id}.json`);
  const outside = (...names: string[]) => join(dirname(place), 'outside', ...names);
  const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
  const reopen = async (change: () => void) => {
    await store.close();
    change();
    store = await factory.open(place);
  };
  const reported = (text: string) =>
    eventually(
      async () => (await store.health()).problems.find((each) => each.includes(text)) ?? null,
      `health reports ${text}`,
    );
  const expectServed = async () => {
    const before = await store.collection(memories).count();
    await store.commit([put(aMemory())], context());
    expect(await store.collection(memories).count()).toBe(before + 1);
    expect(await store.collection(memories).get([memory.id])).toEqual([memory]);
  };

  it('is reported, and its project and others continue to be written', async () => {
    const writer = createFileWriter();
    const open = (name: string) =>
      createFileStore({
        folder: `${place}.${name}`,
        cache: cacheOf(`${place}.${name}`),
        collections: STORE_COLLECTIONS,
        writer,
        create: { epoch: EPOCH },
      });
    const [one, two] = [await open('one'), await open('two')];
    await one.health();
    symlinkSync('loop', join(`${place}.one`, 'memories', 'loop'));
    // A file that comes after it is noticed after it.
    const added = aMemory();
    writeFileSync(join(`${place}.one`, 'memories', `${added.id}.json`), JSON.stringify(added));
    const taken = async () => ((await one.collection(memories).count()) === 1 ? true : null);
    await eventually(taken, 'the file was taken over');
    await two.commit([put(aMemory())], context());
    expect((await one.health()).problems).toEqual([expect.stringContaining(join('memories', 'loop'))]);
    expect(await two.health()).toEqual({ ok: true, problems: [] });
    rmSync(join(`${place}.one`, 'memories', 'loop'));
    expect(await one.health()).toEqual({ ok: true, problems: [] });
    for (const each of [one, two]) await each.close();
    await writer.close();
  });

  it.each<[string, string, () => void]>([
    ['a link loop', 'loop', () => symlinkSync('loop', join(collection(), 'loop'))],
    ['a link to nothing', 'nothing', () => symlinkSync('/nowhere/at/all', join(collection(), 'nothing'))],
    [
      'a link loop in place of its documents’ folder',
      '2026',
      () => {
        rmSync(join(collection(), '2026'), { recursive: true });
        symlinkSync('2026', join(collection(), '2026'));
      },
    ],
    ['a folder in place of a document', 'mem_', () => [rmSync(pathOf(memory)), mkdirSync(pathOf(memory))]],
  ])('lets the folder be opened when it is %s', async (_, name, damage) => {
    await reopen(() => void damage());
    await reported(name);
    await expectServed();
  });

  it('is a link to a folder elsewhere: nothing there is read or written', async () => {
    const added = aMemory();
    mkdirSync(outside(), { recursive: true });
    writeFileSync(outside(`${added.id}.json`), JSON.stringify(added));
    symlinkSync(outside(), join(collection(), 'elsewhere'));
    expect(await reported('elsewhere')).toContain('is a link');
    await reopen(() => undefined);
    await reported('elsewhere');
    expect(await store.collection(memories).count()).toBe(1);
    expect(readFileSync(outside(`${added.id}.json`), 'utf8')).toBe(JSON.stringify(added));
  });

  it.each(['memories', 'memories/2026', 'memories/2026/01/01'])(
    'is a link in place of a folder that was just written into: nothing is written through it: %s',
    async (name) => {
      mkdirSync(outside('2026/01/01'), { recursive: true });
      renameSync(join(place, name), join(place, '..', 'aside'));
      symlinkSync(outside(), join(place, name));
      const later = aMemory({ content: 'not there' });
      await store.commit([put(later)], context());
      await reported('is a link, and only a plain folder may be there');
      expect(readdirSync(outside(), { recursive: true, withFileTypes: true }).filter((each) => each.isFile())).toEqual(
        [],
      );
      expect(await store.collection(memories).get([later.id])).toEqual([later]);
    },
  );

  it('is a link in place of a document: it is reported, and the record stays as it was', async () => {
    const text = JSON.stringify({ ...memory, content: 'from elsewhere' });
    mkdirSync(outside(), { recursive: true });
    writeFileSync(outside('document.json'), text);
    symlinkSync(outside('document.json'), `${pathOf(memory)}.link`);
    renameSync(`${pathOf(memory)}.link`, pathOf(memory));
    expect(await reported(memory.id)).toContain('is a link');
    await expectServed();
    expect(readFileSync(outside('document.json'), 'utf8')).toBe(text);
    rmSync(pathOf(memory));
    await eventually(() => (existsSync(pathOf(memory)) ? true : null), 'the document came back');
    expect(json(pathOf(memory))).toEqual(memory);
  });

  it.skipIf(isRoot)('is a folder or a file that this user may not read', async () => {
    const closed = join(collection(), 'closed');
    const other = aMemory();
    await store.commit([put(other)], context());
    await reopen(() => {
      mkdirSync(closed, { mode: 0o000 });
      writeFileSync(pathOf(other), '{}');
      chmodSync(pathOf(other), 0o000);
    });
    await reported('closed');
    await reported(other.id);
    await expectServed();
    chmodSync(closed, 0o700);
  });
});
