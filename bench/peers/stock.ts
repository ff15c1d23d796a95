import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import SchemaBuilder from '@pothos/core';
import { createYoga } from 'graphql-yoga';
import type { Task } from '../../src/domain/task.js';
import { PROJECT_COLLECTIONS, tasks } from '../../src/storage/collections.js';
import { createSqliteStore } from '../../src/storage/sqlite/store.js';
import { createWriter } from '../../src/storage/sqlite/writer.js';

/** The peer: Yoga and Pothos as they come, with a resolver that reads the same record from the same file. */
const store = await createSqliteStore({
  path: process.argv[2]!,
  collections: PROJECT_COLLECTIONS,
  writer: createWriter(),
});
const builder = new SchemaBuilder<{ Objects: { Task: Task } }>({
  // The types of the project's plugins ask for it; no plugin is loaded here.
  scopeAuth: { authScopes: () => ({}) },
});
builder.objectType('Task', {
  fields: (t) => ({
    id: t.exposeID('id'),
    title: t.exposeString('title'),
    description: t.exposeString('description'),
    status: t.exposeString('status'),
    priority: t.exposeString('priority'),
    version: t.exposeInt('version'),
    createdAt: t.exposeString('createdAt'),
    updatedAt: t.exposeString('updatedAt'),
  }),
});
builder.queryType({
  fields: (t) => ({
    task: t.field({
      type: 'Task',
      nullable: true,
      args: { id: t.arg.id({ required: true }) },
      resolve: async (_, { id }) => (await store.collection(tasks).get([String(id)]))[0] ?? null,
    }),
  }),
});

const server = createServer(createYoga({ schema: builder.toSchema(), logging: false }));
server.listen(0, '127.0.0.1', () =>
  console.log(JSON.stringify({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })),
);
process.on('SIGTERM', () => process.exit(0));
