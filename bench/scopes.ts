import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { GraphQLSchema } from 'graphql';
import { createVault } from '../src/config/vault.js';
import { fixedKeys } from '../src/config/vault-keys.js';
import { LEVEL } from '../src/domain/access/level.js';
import { createEnding, localPrincipal, type Principal } from '../src/domain/access/principal.js';
import { createIdGenerator } from '../src/domain/id.js';
import { builder } from '../src/graphql/builder.js';
import { type ContextParts, createContext } from '../src/graphql/context.js';
import { scheduleResolvers } from '../src/graphql/scheduling.js';
import { schema } from '../src/graphql/schema.js';
import { createStorageModes } from '../src/modes/modes.js';
import { createRepositoryFactory } from '../src/repositories/factory.js';
import { createEngine, type PreparedOperation } from '../src/server/execution/engine.js';
import { createTurns } from '../src/server/execution/turns.js';
import { createLogger } from '../src/server/log.js';
import { createServices } from '../src/services/services.js';
import { createChanges } from '../src/services/subscriptions/changes.js';
import { temporaryFolder } from '../test/support/machine/processes.js';
import type { Bench } from './measure.js';

const TASKS = 50;
const REQUESTS = 300;
const ROUNDS = 40;
const QUERY = `query ($id: ID!) { project(by: { id: $id }) { tasks(first: ${TASKS}) {
  nodes { id title description status priority version createdAt updatedAt } } } }`;

/** A page of 50 tasks, in process: with scopes and rights in one of 50 projects, against the schema without scopes. */
export const bench: Bench = async () => {
  const { parts, close } = await openParts();
  const author = { actor: 'bench', requestId: 'bench' };
  const { id: projectId, key } = await parts.services.projects.create(author, { name: 'bench' });
  const tasks = Array.from({ length: TASKS }, (_, index) => ({ title: `Task ${index}`, description: 'x'.repeat(200) }));
  await parts.services.tasks.createMany(author, { projectId, tasks });

  const others = Array.from({ length: TASKS }, (_, index) => [`other${index}`, LEVEL.READ] as const);
  const reader: Principal = {
    ...{ kind: 'KEY', userId: null, keyId: 'key_bench', actor: 'key_bench', permissions: new Set() },
    ...{ everywhere: LEVEL.NONE, projects: new Map([...others, [key, LEVEL.READ]]), ending: createEnding() },
  };
  const open = scheduleResolvers(builder.toSchema({ disableScopeAuth: true }));
  const [limited, everything, floor] = await interleavedCpu([
    askedBy(parts, schema, reader, projectId),
    askedBy(parts, schema, localPrincipal(null), projectId),
    askedBy(parts, open, localPrincipal(null), projectId),
  ]);
  await close();
  const row = (work: string, ours: number) => ({
    ...{ work, ours: micros(ours), floor: micros(floor!), ratio: ours / floor! },
    goal: { atMost: 1.05 },
  });
  return [
    row(`a page of ${TASKS} tasks by a key that reads ${TASKS + 1} projects, against no scopes, CPU`, limited!),
    row('the same by one with all rights', everything!),
  ];
};

async function openParts(): Promise<{ readonly parts: ContextParts; close(): Promise<void> }> {
  const { path: dataDirectory, remove } = await temporaryFolder();
  await mkdir(join(dataDirectory, 'catalog'), { recursive: true });
  const settings = { mongo: null, voyage: null, chroma: null, file: { path: join(dataDirectory, 'files') } };
  const logger = { info() {}, warn() {}, error() {} };
  const modes = await createStorageModes({ dataDirectory, settings, logger, offline: true });
  const catalog = await modes.openCatalog();
  const factory = createRepositoryFactory(catalog, modes);
  const secret = randomBytes(32);
  const services = createServices({
    factory,
    secret,
    newId: createIdGenerator(),
    retention: { deletedDays: 30, logDays: 90 },
    preflight: { run: () => Promise.reject(new Error('not asked here')) },
    storage: { control: modes, vault: createVault(fixedKeys(secret)), environment: { variables: {} }, dataDirectory },
  });
  const server = { version: '1', storageModes: ['LOCAL'] as const, publicUrl: null };
  return {
    parts: { services, factory, server, changes: createChanges(factory) },
    async close() {
      await factory.close();
      await catalog.close();
      await modes.close();
      await remove();
    },
  };
}

/** Asks the page some times. */
function askedBy(parts: ContextParts, of: GraphQLSchema, principal: Principal, id: string): () => Promise<void> {
  const engine = createEngine({
    schema: of,
    createContext: (caller, share) => createContext(parts, caller, share),
    introspection: true,
    turns: createTurns(),
    log: createLogger('error', { write: () => {} }),
  });
  const operation = engine.prepare({ query: QUERY, variables: { id } }) as PreparedOperation;
  const signal = new AbortController().signal;
  const caller = { actor: 'bench', requestId: 'bench', principal, signal, isGone: () => false };
  return async () => {
    for (let sent = 0; sent < REQUESTS; sent += 1) {
      const result = await operation.execute(caller);
      if (result.errors) throw result.errors[0]!;
      // As it is sent.
      JSON.stringify(result);
    }
  };
}

/** The least microseconds of CPU that each side took for a request, run in turns: the least is nearest to what it costs. */
async function interleavedCpu(sides: readonly (() => Promise<void>)[]): Promise<readonly number[]> {
  const least = sides.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, side] of sides.entries()) {
      const before = process.cpuUsage();
      await side();
      const { user, system } = process.cpuUsage(before);
      least[index] = Math.min(least[index]!, (user + system) / REQUESTS);
    }
  }
  return least;
}

const micros = (value: number): string => `${value.toFixed(0)} µs`;
