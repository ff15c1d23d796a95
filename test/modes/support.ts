import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { createApp } from '../../src/app.js';
import { loadSettings } from '../../src/config/settings.js';
import type { Embedder } from '../../src/embedding/embedder.js';
import { createLogger } from '../../src/server/log.js';
import { type Api, createApi } from '../support/api.js';
import { sharedMiniLm } from '../support/minilm.js';
import { dropDatabase, freshDatabase, mongoUnavailable, sharedMongo } from '../support/mongodb/mongodb.js';

/** A whole server in this process, with every storage mode that this machine has. */
export interface RunningApp extends Api {
  readonly folder: string;
  /** What it logged, a line of JSON each. */
  readonly logged: readonly string[];
  close(): Promise<void>;
}

/** The storage modes that can be tried here. */
export const MODES = mongoUnavailable ? (['LOCAL', 'FILE'] as const) : (['LOCAL', 'FILE', 'MONGODB'] as const);

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A folder that goes with the test. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mooring-modes-'));
  closers.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function copyFolder(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true });
}

/** Name of a database that goes with the test. */
export function makeDatabase(): string {
  const name = freshDatabase();
  closers.push(() => dropDatabase(name));
  return name;
}

/** The environment of a server that has MongoDB. */
export const mongoEnvironment = (database: string): Record<string, string> =>
  mongoUnavailable ? {} : { MONGODB_URI: sharedMongo(), MONGODB_DATABASE: database };

/** Starts a server on a data directory. It is closed with the test, if not before. */
export async function startApp(
  folder: string,
  environment: Record<string, string> = {},
  miniLm: Embedder = sharedMiniLm(),
): Promise<RunningApp> {
  const logged: string[] = [];
  const log = createLogger('debug', { write: (line: string) => void logged.push(line) });
  const settings = loadSettings({ PORT: '0', MOORING_DATA: folder, ...environment });
  const app = await createApp(settings, log, { miniLm });
  closers.push(() => app.close());
  const { url } = await app.listen();
  return { ...createApi(url), folder, logged, close: () => app.close() };
}

/** Resolves when all memories of a project are found by their meaning. */
export async function settled({ ask }: Api, projectId: string): Promise<void> {
  const query = '{ project(by: { id: "ID" }) { searchIndex { pending stored searchable } } }'.replace('ID', projectId);
  for (;;) {
    const { project } = await ask<{ project: { searchIndex: { pending: number } } }>(query);
    if (project.searchIndex.pending === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
