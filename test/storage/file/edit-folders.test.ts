import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Memory } from '../../../src/domain/memory.js';
import { memories } from '../../../src/storage/collections.js';
import type { Store } from '../../../src/storage/store.js';
import { context, EPOCH, put } from '../../contract/store.js';
import { batch, MOVING, of } from '../../contract/store-moving.js';
import { eventually, fileFactory, NEVER_SCANNING } from '../../support/files/files.js';
import { aMemory } from '../../support/records.js';

/** Only watches report edits here. */
describe('a file that is edited in a folder', () => {
  const factory = fileFactory(NEVER_SCANNING);
  let place: string;
  let store: Store;
  let memory: Memory;
  beforeEach(async () => {
    place = await factory.place();
    memory = aMemory({ content: 'AAA' });
  });
  afterEach(() => factory.cleanUp());

  const home = () => join(place, 'memories');
  const pathOf = ({ id }: { id: string }) => join(home(), '2026/01/01', `${id}.json`);
  const stored = async ({ id } = memory) => (await store.collection(memories).get([id]))[0];
  const edit = (path = pathOf(memory)) => {
    writeFileSync(`${path}.draft`, readFileSync(path, 'utf8').replace('AAA', 'BBB'));
    renameSync(`${path}.draft`, path);
  };
  const taken = (version = 2) =>
    eventually(async () => ((await stored())?.version === version ? true : null), 'the edit was taken');
  const isBack = (path = pathOf(memory)) => eventually(() => existsSync(path) || null, 'the file was written again');
  const begin = async () => {
    store = await factory.open(place, EPOCH);
    await store.commit([put(memory)], context());
    await store.close();
    // The watch has reported all that the store did itself.
    store = await factory.open(place);
  };

  it('that an import created is taken over', async () => {
    store = await factory.open(place, MOVING);
    await store.import(batch({ documents: of('memories', memory) }), MOVING);
    await store.setEpoch(MOVING, EPOCH);
    edit();
    await taken();
  });

  it('that another process created is taken over', async () => {
    store = await factory.open(place, EPOCH);
    const other = await factory.open(place, undefined, `${place}.other/files.db`);
    await other.commit([put(memory)], context());
    expect(await stored()).toEqual(memory);
    await other.close();
    edit();
    await taken();
  });

  it.each(['memories/_index.json', 'memories/README', 'memories/2026/notes.txt', 'memories/2026/01/01/notes.txt'])(
    'next to a file that is not a record leaves nothing to report: %s',
    async (name) => {
      await begin();
      writeFileSync(join(place, name), 'Notes of somebody.\n');
      // Each asks the watching thread, which has noticed it by the last.
      for (let n = 0; n < 20; n += 1) {
        expect(await store.health()).toEqual({ ok: true, problems: [] });
        await wait(10);
      }
    },
  );

  it.each(['memories', 'memories/2026', 'memories/2026/01', 'memories/2026/01/01'])(
    'that replaced another and was edited before that is taken over: %s',
    async (name) => {
      await begin();
      const [there, aside] = [join(place, name), join(place, '..', 'aside')];
      cpSync(there, aside, { recursive: true });
      edit(join(aside, pathOf(memory).slice(there.length)));
      renameSync(there, join(place, '..', 'old'));
      renameSync(aside, there);
      await taken();
      edit();
      writeFileSync(pathOf(memory), readFileSync(pathOf(memory), 'utf8').replace('BBB', 'CCC'));
      await taken(3);
    },
  );

  it.each(['memories', 'memories/2026', 'memories/2026/01', 'memories/2026/01/01'])(
    'that was moved away, and was created again with its files, is taken over: %s',
    async (name) => {
      await begin();
      renameSync(join(place, name), join(place, '..', 'old'));
      await isBack();
      edit();
      await taken();
    },
  );

  it.each(['memories', 'memories/2026', 'memories/2026/01/01'])(
    'that was removed, and was created again with its files, is taken over: %s',
    async (name) => {
      await begin();
      rmSync(join(place, name), { recursive: true });
      await isBack();
      edit();
      await taken();
    },
  );

  it.each(['new', 'by_hand', 'v1.2/deep'])('that is new, with any name, creates a record: %s', async (name) => {
    await begin();
    const added = aMemory({ content: 'by hand' });
    const folder = join(place, '..', 'made', name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${added.id}.json`), JSON.stringify(added));
    const [top] = name.split('/');
    renameSync(join(place, '..', 'made', top!), join(home(), top!));
    await isBack(pathOf(added));
    // The file exists a moment before the record does.
    expect(await eventually(() => stored(added), 'the record was made')).toMatchObject({ content: 'by hand' });
    expect(dirname(pathOf(added))).toBe(dirname(pathOf(memory)));
  });
});
