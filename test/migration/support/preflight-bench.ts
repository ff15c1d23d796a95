import { readdir } from 'node:fs/promises';
import { MongoClient } from 'mongodb';
import { onTestFinished } from 'vitest';
import { createIdGenerator } from '../../../src/domain/id.js';
import { type Place, projectAt } from '../../../src/domain/place.js';
import type { Project } from '../../../src/domain/project.js';
import type { StorageSettings } from '../../../src/domain/storage-settings.js';
import { createPreflight, type PreflightRunner } from '../../../src/migration/preflight/preflight.js';
import { createStorageModes, type StorageModes } from '../../../src/modes/modes.js';
import { createRepositoryFactory, type RepositoryFactory } from '../../../src/repositories/factory.js';
import { createLogger } from '../../../src/server/log.js';
import type { Change } from '../../../src/storage/store.js';
import { context } from '../../contract/store.js';
import { sharedMiniLm } from '../../support/minilm.js';
import { storageSettings } from '../../support/modes.js';
import { mongoUnavailable, sharedMongo } from '../../support/mongodb/mongodb.js';
import { aMemory, aProject, aSession } from '../../support/records.js';
import { makeDatabase, makeFolder } from '../../support/temporary.js';

/** Every storage mode over a folder and a database of its own, and the preflight over them. */
export interface Bench {
  readonly folder: string;
  readonly database: string;
  readonly modes: StorageModes;
  readonly factory: RepositoryFactory;
  readonly preflight: PreflightRunner;
  /** A preflight with other parts. */
  with(factory: Partial<RepositoryFactory>): PreflightRunner;
  /** A project with records at a place. */
  makeProject(place: Place, options?: ProjectOptions): Promise<Project>;
  /** Everything of projects that can be seen from outside: folders, and what is in the databases. */
  traces(): Promise<readonly string[]>;
}

export interface ProjectOptions {
  readonly epoch?: number;
  readonly memories?: number;
  readonly content?: (index: number) => string;
}

const newId = createIdGenerator();

export async function startBench(settings: Partial<StorageSettings> = {}): Promise<Bench> {
  const folder = await makeFolder();
  const database = makeDatabase();
  const logger = createLogger('fatal');
  const modes = await createStorageModes({
    ...{ dataDirectory: folder, settings: { ...storageSettings(folder, database), ...settings }, logger },
    miniLm: sharedMiniLm(),
  });
  const catalog = await modes.openCatalog();
  const factory = createRepositoryFactory(catalog, modes);
  onTestFinished(async () => {
    for (const part of [factory, catalog, modes]) await part.close();
  });
  const over = (changed: Partial<RepositoryFactory>) =>
    createPreflight({ factory: { ...factory, ...changed }, control: modes, newId, now: Date.now });
  return {
    ...{ folder, database, modes, factory, preflight: over({}), with: over },
    async makeProject(place, options) {
      const project = projectAt(aProject({ epoch: options?.epoch ?? 1 }), place);
      await factory.create(project);
      const { store } = await factory.at(project);
      if (project.epoch > 0) await fill(project, store.commit, options);
      return project;
    },
    traces: async () => [...(await tracesInFolder(folder)), ...(await tracesInDatabase(database))].sort(),
  };
}

async function fill(
  { key, epoch }: Project,
  commit: (changes: readonly Change[], routed: ReturnType<typeof context>) => Promise<unknown>,
  // Few contents, for each is embedded.
  { memories = 60, content = (index) => `The ferry ${index % 4} leaves at nine.` }: ProjectOptions = {},
): Promise<void> {
  const documents = Array.from({ length: memories }, (_, index) =>
    aMemory({ id: newId('memory', key), content: content(index), externalId: `mail-${index}` }),
  );
  const creations = documents.map((document) => put('memories', 'CREATE', document));
  const session = put('sessions', 'CREATE', aSession({ id: newId('session', key) }));
  await commit([...creations, session], context({ epoch }));
  const [first, second] = documents;
  if (!first || !second) return;
  const deleted = { ...first, version: 2, deletedAt: first.updatedAt };
  await commit([put('memories', 'DELETE', deleted)], context({ epoch }));
  await commit([{ kind: 'remove', collection: 'memories', id: second.id, version: 1 }], context({ epoch }));
}

function put(
  collection: string,
  operation: 'CREATE' | 'DELETE',
  document: Extract<Change, { kind: 'put' }>['document'],
): Change {
  return { kind: 'put', collection, operation, document };
}

async function tracesInFolder(folder: string): Promise<readonly string[]> {
  const found = await readdir(folder, { recursive: true });
  // What is within a project's folder belongs to it; of the catalog nothing is asked.
  return found.filter((path) => /(^|\/)(\.removed-)?prj_[^/]*$/.test(path));
}

async function tracesInDatabase(database: string): Promise<readonly string[]> {
  if (mongoUnavailable) return [];
  const client = await MongoClient.connect(sharedMongo());
  try {
    const found: string[] = [];
    for (const { name } of await client.db(database).listCollections().toArray()) {
      const collection = client.db(database).collection(name);
      for await (const { _id, project } of collection.find({}, { projection: { project: 1 } }))
        found.push(`${name} ${project ?? _id}`);
    }
    return [...new Set(found)];
  } finally {
    await client.close();
  }
}
