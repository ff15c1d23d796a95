import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Memory } from '../../../src/domain/memory.js';
import { memories } from '../../../src/storage/collections.js';
import type { Store } from '../../../src/storage/store.js';
import { context, EPOCH, put } from '../../contract/store.js';
import { batch, MOVING, of } from '../../contract/store-moving.js';
import { eventually, fileFactory, NEVER_SCANNING } from '../../support/files/files.js';
import { aMemory } from '../../support/records.js';

const inPlace = (path: string, text: string) => writeFileSync(path, text);
/** As `sed -i` and most editors do. */
function byRename(path: string, text: string): void {
  const draft = join(dirname(path), 'sedEDITED');
  writeFileSync(draft, text);
  renameSync(draft, path);
}
const WAYS = [
  ['in place', inPlace],
  ['by renaming', byRename],
] as const;

describe('an edit that was not noticed yet', () => {
  const factory = fileFactory(NEVER_SCANNING);
  let place: string;
  let store: Store;
  let memory: Memory;
  let other: Memory;
  const pathOf = ({ id }: { id: string }) => join(place, 'memories/2026/01/01', `${id}.json`);
  const textOf = (document: Memory) => readFileSync(pathOf(document), 'utf8');
  const edited = () => textOf(memory).replace('AAA', 'BBB');
  const stored = async ({ id } = memory) => (await store.collection(memories).get([id]))[0];
  const actors = async () => (await store.log.read(0, 10)).map(({ actor }) => actor);
  const keptTexts = () => readdirSync(dirname(pathOf(memory))).filter((name) => name.includes('.edited-'));

  /** The manifest is of before the move, so what people write isn't taken when it is noticed: only a write takes it. */
  beforeEach(async () => {
    place = await factory.place();
    store = await factory.open(place, MOVING);
    memory = aMemory({ content: 'AAA' });
    other = aMemory({ content: 'another' });
    await store.writeManifest({ epoch: MOVING });
    await store.import(batch({ documents: of('memories', memory, other) }), MOVING);
    await store.setEpoch(MOVING, EPOCH);
  });
  afterEach(() => factory.cleanUp());

  const expectConflict = async (writing: Promise<unknown>) => {
    await expect(writing).rejects.toMatchObject({ code: 'CONFLICT', current: { version: 2, content: 'BBB' } });
    expect(await stored()).toMatchObject({ version: 2, content: 'BBB' });
    expect(textOf(memory)).toContain('BBB');
    expect(keptTexts()).toEqual([]);
  };

  describe.each(WAYS)('and was written %s', (_, write) => {
    it('conflicts with an update of the record, and is a commit of its own', async () => {
      write(pathOf(memory), edited());
      await expectConflict(store.commit([put({ ...memory, version: 2, content: 'CCC' })], context()));
      expect(await actors()).toEqual(['file edit']);
    });

    it('conflicts with its purge', async () => {
      write(pathOf(memory), edited());
      const purge = { kind: 'remove', collection: 'memories', id: memory.id, version: 1 } as const;
      await expectConflict(store.commit([purge], context()));
    });

    it('conflicts with a commit of several records, all of which stay', async () => {
      write(pathOf(memory), edited());
      const changes = [other, memory].map((each) => put({ ...each, version: 2, content: 'CCC' }));
      await expectConflict(store.commit(changes, context()));
      expect(await stored(other)).toEqual(other);
    });

    it('holds up no concurrent write of another record', async () => {
      write(pathOf(memory), edited());
      const [writing, unrelated] = [memory, other].map((each) =>
        store.commit([put({ ...each, version: 2, content: 'CCC' })], context()),
      );
      await expectConflict(writing!);
      await unrelated;
      expect(await stored(other)).toMatchObject({ version: 2, content: 'CCC' });
    });

    it('is kept next to the record when it can’t be taken over', async () => {
      write(pathOf(memory), '{"content": "BB');
      await store.commit([put({ ...memory, version: 2, content: 'CCC' })], context());
      expect(textOf(memory)).toContain('CCC');
      expect(keptTexts().map((name) => readFileSync(join(dirname(pathOf(memory)), name), 'utf8'))).toEqual([
        '{"content": "BB',
      ]);
    });

    it('isn’t taken over by a write that is routed to the place before the move', async () => {
      write(pathOf(memory), edited());
      const late = store.commit([put({ ...memory, version: 2, content: 'CCC' })], context({ epoch: EPOCH - 1 }));
      await expect(late).rejects.toMatchObject({ name: 'RouteChangedError' });
      expect(await stored()).toEqual(memory);
      expect(textOf(memory)).toContain('BBB');
    });

    it('is taken over as soon as the manifest says that the project lives here', async () => {
      const added = aMemory({ content: 'by hand' });
      // No watch will report it again.
      await store.close();
      write(pathOf(memory), edited());
      write(pathOf(added), JSON.stringify(added));
      store = await factory.open(place);
      expect(await stored()).toEqual(memory);
      await store.writeManifest({ epoch: EPOCH });
      await eventually(async () => ((await stored())?.version === 2 && (await stored(added))) || null, 'it was taken');
      expect(await stored()).toMatchObject({ content: 'BBB' });
      expect(await store.health()).toEqual({ ok: true, problems: [] });
    });
  });

  it('is no conflict when it removed the file, which an update writes again', async () => {
    rmSync(pathOf(memory));
    await store.commit([put({ ...memory, version: 2, content: 'CCC' })], context());
    expect(textOf(memory)).toContain('CCC');
    rmSync(pathOf(memory));
    await store.commit([{ kind: 'remove', collection: 'memories', id: memory.id, version: 2 }], context());
    expect(existsSync(pathOf(memory))).toBe(false);
  });

  it('is taken by a process that learns from another one’s commit that the project lives here', async () => {
    await store.close();
    byRename(pathOf(memory), edited());
    const neighbour = await factory.open(place, undefined, `${place}.other/files.db`);
    store = await factory.open(place);
    const writing = store.writeManifest({ epoch: EPOCH });
    // It ends before it has scanned the files itself.
    await Promise.all([writing, store.close()]);
    store = neighbour;
    await eventually(async () => ((await stored())?.version === 2 ? true : null), 'it was taken');
  });

  it.each(['runs', 'is closed'])(
    'is taken after a commit of another process that wasn’t seen either, as this one %s',
    async (state) => {
      const other = await factory.open(place, undefined, `${place}.other/files.db`);
      if (state === 'is closed') await store.close();
      await other.writeManifest({ epoch: EPOCH });
      await other.commit([put({ ...memory, version: 2, content: 'AAA again' })], context());
      await other.close();
      byRename(pathOf(memory), edited());
      if (state === 'is closed') store = await factory.open(place);
      await eventually(async () => ((await stored())?.version === 3 ? true : null), 'it was taken');
      expect(await stored()).toMatchObject({ content: 'BBB again' });
      expect(keptTexts()).toEqual([]);
    },
  );
});
