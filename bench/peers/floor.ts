import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import Database from 'better-sqlite3';
import type { Memory } from '../../src/domain/memory.js';
import type { RecordBase } from '../../src/domain/record.js';
import type { Task } from '../../src/domain/task.js';
import { PROJECT_COLLECTIONS } from '../../src/storage/collections.js';
import { createSqliteStore } from '../../src/storage/sqlite/store.js';
import { createWriter } from '../../src/storage/sqlite/writer.js';

/**
 * The floor: bare node:http over the same database file, with the least that does the same work.
 * GET /task/ID · POST /commit (a document of a collection) · GET /nested?limit=
 */
const path = process.argv[2]!;
const db = new Database(path, { readonly: true });
const getTask = db.prepare('select doc from tasks where id = ?').pluck();
const listTasks = db.prepare('select doc from tasks where deletedAt is null order by createdAt, id limit ?').pluck();
const listMemories = db
  .prepare(
    `select m.doc from json_each(?) p join memories m on m.rowid in
       (select rowid from memories where taskId = p.value and deletedAt is null order by occurredAt, id limit ?)`,
  )
  .pluck();
const store = await createSqliteStore({ path, collections: PROJECT_COLLECTIONS, writer: createWriter() });

const server = createServer(async (request, response) => {
  const url = request.url!;
  const body = url.startsWith('/task/')
    ? task(url.slice(6))
    : url === '/commit'
      ? await commit(await read(request))
      : nested();
  const text = JSON.stringify(body);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
});

function task(id: string): object {
  return { data: { task: JSON.parse(getTask.get(id) as string) as Task } };
}

async function commit(text: string): Promise<object> {
  const { collection, document } = JSON.parse(text) as { collection: string; document: RecordBase };
  const operation = document.version === 1 ? 'CREATE' : 'UPDATE';
  const context = { epoch: 1, actor: 'bench', requestId: randomUUID(), at: new Date().toISOString() };
  await store.commit([{ kind: 'put', collection, operation, document }], context);
  return { data: { document } };
}

function nested(): object {
  const found = (listTasks.all(100) as string[]).map((doc) => JSON.parse(doc) as Task);
  const children = (listMemories.all(JSON.stringify(found.map(({ id }) => id)), 20) as string[]).map(
    (doc) => JSON.parse(doc) as Memory,
  );
  const byTask = new Map<string | null, Memory[]>(found.map(({ id }) => [id, []]));
  for (const child of children) byTask.get(child.taskId)?.push(child);
  return { data: { tasks: found.map((each) => ({ ...each, memories: byTask.get(each.id) ?? [] })) } };
}

async function read(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

server.listen(0, '127.0.0.1', () =>
  console.log(JSON.stringify({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })),
);
process.on('SIGTERM', () => process.exit(0));
