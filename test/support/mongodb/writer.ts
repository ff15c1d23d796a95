import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { ConflictError, StoreError } from '../../../src/domain/errors.js';
import { createIdGenerator } from '../../../src/domain/id.js';
import type { Memory } from '../../../src/domain/memory.js';
import { memories, PROJECT_COLLECTIONS } from '../../../src/storage/collections.js';
import { createMongoConnection } from '../../../src/storage/mongodb/connection/connection.js';
import { createMongoStore } from '../../../src/storage/mongodb/store.js';
import type { Change, Store } from '../../../src/storage/store.js';
import { AT, aMemory } from '../records.js';

/**
 * A process that writes a project in MongoDB, to be killed or to compete. Usage: uri database project writers counted.
 * Each writer makes pairs of memories, each pair in one commit, and in between (`counted`: one time in this many, 0 never)
 * raises the count in a record that all share. It prints `ready`, starts when it reads a line, and then prints a
 * line for each acknowledged commit, `pair <session>` or `count`. It ends when its input does.
 */

/** The record that all writers share. */
export const SHARED = 'mem_shared';
const newId = createIdGenerator();
const context = { epoch: 1, actor: 'writer', requestId: 'w', at: AT };

export const pairMemory = (sessionId: string, id: string = newId('memory', 'abcdefgh')): Memory =>
  aMemory({ id, sessionId, content: `a note of ${sessionId}` });

export const create = (document: Memory): Change => ({
  kind: 'put',
  collection: 'memories',
  operation: 'CREATE',
  document,
});

/** Makes the store and the record that writers share. */
export async function makeShared(store: Store): Promise<void> {
  await store.commit([create({ ...pairMemory('shared', SHARED), metadata: { count: 0 } })], context);
}

async function raise(store: Store): Promise<void> {
  for (;;) {
    const [now] = await store.collection(memories).get([SHARED]);
    const metadata = { count: Number(now!.metadata.count) + 1 };
    const document = { ...now!, version: now!.version + 1, metadata };
    try {
      await store.commit([{ kind: 'put', collection: 'memories', operation: 'UPDATE', document }], context);
      return;
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
    }
  }
}

async function write(store: Store, name: string, counted: number, isOver: () => boolean): Promise<void> {
  for (let n = 0; !isOver(); n += 1) {
    try {
      if (counted > 0 && n % counted === counted - 1) {
        await raise(store);
        console.log('count');
      } else {
        const session = `${name}-${n}`;
        await store.commit([create(pairMemory(session)), create(pairMemory(session))], context);
        console.log(`pair ${session}`);
      }
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      console.log(`failed ${error.code} ${error.message}`);
      await wait(20);
    }
  }
}

async function main([uri, database, projectId, writers, counted]: readonly string[]): Promise<void> {
  const settings = { connectionString: uri!, database: database!, maxPoolSize: 10, allowPlaintext: [] };
  const connection = createMongoConnection({ settings });
  const store = await createMongoStore({ connection, projectId: projectId!, collections: PROJECT_COLLECTIONS });
  let isOver = false;
  const lines = createInterface(process.stdin);
  const told = new Promise((resolve) => lines.once('line', resolve));
  lines.once('close', () => {
    isOver = true;
  });
  console.log('ready');
  await told;
  const name = `${process.pid}-${process.hrtime.bigint()}`;
  const all = Array.from({ length: Number(writers) }, (_, n) =>
    write(store, `${name}-${n}`, Number(counted), () => isOver),
  );
  await Promise.all(all);
  await store.close();
  await connection.close();
}

if (process.argv[1]?.endsWith('mongodb/writer.js')) await main(process.argv.slice(2));
