import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as GraphQL from 'graphql';
import type { ExecutionResult, GraphQLError } from 'graphql';
import { afterAll, beforeAll, beforeEach, inject, onTestFinished } from 'vitest';
import { createVault } from '../../src/config/vault.js';
import { fixedKeys } from '../../src/config/vault-keys.js';
import { localPrincipal, type Principal } from '../../src/domain/access/principal.js';
import type { Author } from '../../src/domain/author.js';
import { createIdGenerator } from '../../src/domain/id.js';
import type { StorageMode } from '../../src/domain/project.js';
import type { StorageSettings } from '../../src/domain/storage-settings.js';
import { createContext } from '../../src/graphql/context.js';
import { schema } from '../../src/graphql/schema.js';
import { createStorageModes } from '../../src/modes/modes.js';
import { createRepositoryFactory, type RepositoryFactory } from '../../src/repositories/factory.js';
import type { Services } from '../../src/services/services.js';
import { createServices } from '../../src/services/services.js';
import type { StorageParts } from '../../src/services/storage-settings/service.js';
import { createChanges } from '../../src/services/subscriptions/changes.js';
import { type Share, unshared } from '../../src/util/turn.js';
import { sharedMiniLm } from '../support/minilm.js';
import { storageSettings } from '../support/modes.js';
import { dropDatabase, freshDatabase, mongoUnavailable } from '../support/mongodb/mongodb.js';

// Vitest would load GraphQL's other build, whose types aren't those that the compiled schema is made of.
export const graphql = createRequire(import.meta.url)('graphql') as typeof GraphQL;
const { execute, parse, subscribe, validate } = graphql;

type Variables = Record<string, unknown>;

/** What one caller asks. */
export interface Asking {
  /** An answer as GraphQL gives it. */
  run(query: string, variables?: Variables): Promise<ExecutionResult<Record<string, unknown>>>;
  /** The data of an answer; throws its first error. */
  ask<T>(query: string, variables?: Variables): Promise<T>;
  /** The first error of an answer that is expected to fail. */
  refused(query: string, variables?: Variables): Promise<GraphQLError>;
  /** The result of a mutation: its payload, or its error with these fields. */
  mutate<T>(name: string, input: object, fields: string): Promise<T>;
  /** The payload of a mutation. @throws when its result is an error */
  write<T>(name: string, input: object, fields: string): Promise<T>;
  follow<T>(query: string, variables?: Variables): Promise<AsyncGenerator<ExecutionResult<T>, void, void>>;
}

/** The schema over real stores in a folder of its own, without a server. */
export interface Graph extends Asking {
  readonly factory: RepositoryFactory;
  readonly services: Services;
  /** The folder of all its data. */
  readonly folder: string;
  /** The statements that reads ran. */
  readonly statements: string[];
  /** What a caller asks with these rights. */
  as(principal: Principal): Asking;
  /** Resolves when the project's index has caught up, so that only what is asked for reads. */
  settled(projectId: string): Promise<void>;
  /** Resolves when the words of all that was written are indexed: a search waits for them only briefly. */
  indexed(projectId: string): Promise<void>;
  project(input?: object): Promise<{ readonly id: string; readonly version: number }>;
}

/** MongoDB's heads are polled, even without requests. */
const WATCH_OF_HEADS = 'heads.find';

/** Has all rights. */
export const everyone = localPrincipal(null);

export const author: Author = { actor: 'tester', requestId: 'request-1' };

/** A caller whose waits can be observed. `onWait`: called each time that one of its requests has begun to wait. */
export const waitingCaller = (onWait: () => void): Author => ({
  ...author,
  async releaseWhile(wait) {
    const waiting = wait();
    onWait();
    await waiting;
  },
});

/** Of those shared by a file's tests. */
const closers: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** The default mode of projects: the same tests run for every mode. */
export const storageMode: StorageMode = inject('storageMode');
const skipped = storageMode === 'MONGODB' ? mongoUnavailable : null;
if (skipped) beforeEach(({ skip }) => skip(skipped));

/** Does something before all tests of a file, unless they are skipped. */
export function prepare(work: () => Promise<void>): void {
  if (!skipped) beforeAll(work);
}

interface GraphOptions {
  /** Kept for all tests of the file. */
  readonly shared?: boolean;
  /** Which settings of storage differ. */
  readonly settings?: Partial<StorageSettings>;
  /** Which parts of the services for storage differ. */
  readonly storage?: Partial<StorageParts>;
  /** The services' clock, in milliseconds since 1970. */
  readonly now?: () => number;
  /** The caller of every request. Left out: `author`. */
  readonly caller?: Author;
  /** What each request may take of the server. Left out: all that it asks for. */
  readonly share?: () => Share;
}

export async function startGraph({
  shared = false,
  settings = {},
  storage = {},
  now = Date.now,
  caller = author,
  share = () => unshared,
}: GraphOptions = {}): Promise<Graph> {
  if (skipped) return {} as Graph;
  const folder = await mkdtemp(join(tmpdir(), 'mooring-graphql-'));
  await mkdir(join(folder, 'catalog'), { recursive: true });
  const database = freshDatabase();
  const statements: string[] = [];
  const logger = { info() {}, warn() {}, error() {} };
  const modes = await createStorageModes({
    dataDirectory: folder,
    settings: { ...storageSettings(folder, database), ...settings },
    logger,
    miniLm: sharedMiniLm(),
    onStatement(sql: string) {
      if (sql !== WATCH_OF_HEADS) statements.push(sql);
    },
  });
  const catalog = await modes.openCatalog();
  const factory = createRepositoryFactory(catalog, modes);
  const services = createServices({
    factory,
    now,
    newId: createIdGenerator(),
    secret: Buffer.alloc(32, 7),
    retention: { deletedDays: 30, logDays: 90 },
    defaultMode: storageMode,
    preflight: { run: () => Promise.reject(new Error('not asked here')) },
    storage: {
      control: modes,
      vault: createVault(fixedKeys(Buffer.alloc(32, 7))),
      environment: { variables: {} },
      dataDirectory: folder,
      ...storage,
    },
  });
  const parts = {
    services,
    changes: createChanges(factory),
    factory,
    server: { version: '1.2.3', storageModes: ['LOCAL'] as const, publicUrl: null },
  };
  const close = async () => {
    await factory.close();
    await catalog.close();
    await modes.close();
    if (storageMode === 'MONGODB') await dropDatabase(database);
    await rm(folder, { recursive: true, force: true });
  };
  if (shared) closers.push(close);
  else onTestFinished(close);

  const asking = (caller: Author): Asking => {
    const prepare = (query: string, variables: Variables) => {
      const document = parse(query);
      const [error] = validate(schema, document);
      if (error) throw error;
      return {
        schema,
        document,
        variableValues: variables,
        contextValue: createContext(parts, { ...caller, principal: caller.principal ?? everyone }, share()),
      };
    };
    const run: Asking['run'] = async (query, variables = {}) => execute(prepare(query, variables));
    const ask = async <T>(query: string, variables?: Variables): Promise<T> => {
      const { data, errors } = await run(query, variables);
      if (errors) throw errors[0];
      return data as T;
    };
    const mutate = async <T>(name: string, input: object, fields: string): Promise<T> => {
      const type = name.charAt(0).toUpperCase() + name.slice(1);
      const query = `mutation ($input: ${type}Input!) { ${name}(input: $input) { __typename ... on ${type}Payload { ${fields} } ${ERRORS} } }`;
      return (await ask<Record<string, T>>(query, { input }))[name]!;
    };
    const write: Asking['write'] = async <T>(name: string, input: object, fields: string) => {
      const answer = await mutate<T & { __typename: string; message?: string }>(name, input, fields);
      if (answer.__typename.endsWith('Error')) throw new Error(answer.message);
      return answer;
    };
    return {
      run,
      ask,
      mutate,
      write,
      async refused(query, variables) {
        const { errors } = await run(query, variables);
        if (!errors) throw new Error('It should have been refused.');
        return errors[0]!;
      },
      async follow<T>(query: string, variables: Variables = {}) {
        const stream = await subscribe(prepare(query, variables));
        if (!(Symbol.asyncIterator in stream)) throw stream.errors![0];
        return stream as AsyncGenerator<ExecutionResult<T>, void, void>;
      },
    };
  };
  const own = asking(caller);
  return {
    factory,
    services,
    folder,
    statements,
    ...own,
    as: (principal) => asking({ ...caller, principal }),
    settled: async (projectId) => (await factory.of(projectId)).search.settled(),
    indexed: async (projectId) => (await factory.of(projectId)).search.catchUp(),
    async project(input = {}) {
      const fields = 'project { id version }';
      return (
        await own.write<{ project: { id: string; version: number } }>(
          'createProject',
          { name: 'Harbour', ...input },
          fields,
        )
      ).project;
    },
  };
}

/** What every error has, and each kind's own. */
const ERRORS = `
  ... on Error { message code hint }
  ... on InvalidInputError { field }
  ... on NotFoundError { recordId }
  ... on ForbiddenError { permission level projectId }
`;
