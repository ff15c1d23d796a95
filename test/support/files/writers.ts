import type { Memory } from '../../../src/domain/memory.js';
import { PROJECT_COLLECTIONS } from '../../../src/storage/collections.js';
import { layoutOf } from '../../../src/storage/file/documents/layout.js';
import { createLock } from '../../../src/storage/file/folder/lock.js';
import { createFileStore } from '../../../src/storage/file/store.js';
import { createFileWriter } from '../../../src/storage/file/writer.js';
import type { Change, Store } from '../../../src/storage/store.js';
import { AT, aMemory } from '../records.js';

/**
 * A process of its own that works on a project's files until it is ended: `write N` writes pairs of records with N
 * writers, `count ID TIMES` raises a counter in a record, `hold` takes the lock and keeps it. It prints a line of JSON
 * for everything that was acknowledged.
 */
const [folder, cache, work, ...args] = process.argv.slice(2) as [string, string, string, ...string[]];
const context = { epoch: 1, actor: 'writer', requestId: String(process.pid), at: AT };
const say = (what: object) => process.stdout.write(`${JSON.stringify(what)}\n`);

const put = (document: Memory): Change => ({
  kind: 'put',
  collection: 'memories',
  operation: document.version === 1 ? 'CREATE' : 'UPDATE',
  document,
});

/** Each commit writes two records that say the same, so that half a commit would show. */
async function writePairs(store: Store, writer: number): Promise<void> {
  let pair = [aMemory({ content: 'first' }), aMemory({ content: 'first' })];
  for (let n = 0; ; n += 1) {
    const isNew = n % 3 === 0;
    const content = `writer ${writer} of ${process.pid} note ${n}`;
    pair = isNew
      ? [aMemory({ content }), aMemory({ content })]
      : pair.map((each) => ({ ...each, version: each.version + 1, content }));
    await store.commit(pair.map(put), context);
    say({ ids: pair.map(({ id }) => id), version: pair[0]!.version, content });
  }
}

async function count(store: Store, id: string, times: number): Promise<void> {
  for (let done = 0; done < times; ) {
    const [now] = (await store.collection(PROJECT_COLLECTIONS[1]).get([id])) as [Memory];
    const next = { ...now, version: now.version + 1, metadata: { count: Number(now.metadata.count) + 1 } };
    const isDone = await store.commit([put(next)], context).then(
      () => true,
      (error: { code?: string }) => (error.code === 'CONFLICT' ? false : Promise.reject(error)),
    );
    if (isDone) done += 1;
  }
  say({ done: times });
}

if (work === 'hold') {
  await createLock(layoutOf(folder).lock).acquire();
  say({ held: true });
  setInterval(() => undefined, 1_000);
} else {
  const writer = createFileWriter();
  const store = await createFileStore({
    folder,
    cache,
    collections: PROJECT_COLLECTIONS,
    writer,
    create: { epoch: 1 },
  });
  say({ open: true });
  if (work === 'write') await Promise.all(Array.from({ length: Number(args[0]) }, (_, n) => writePairs(store, n)));
  else await count(store, args[0]!, Number(args[1]));
  await store.close();
  await writer.close();
}
