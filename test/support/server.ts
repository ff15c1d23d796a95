import { onTestFinished } from 'vitest';
import { type AppOptions, createApp } from '../../src/app.js';
import { loadSettings } from '../../src/config/settings.js';
import { createLogger } from '../../src/server/log.js';
import { type Api, createApi } from './api.js';
import { sharedMiniLm } from './minilm.js';
import { mongoUnavailable, sharedMongo } from './mongodb/mongodb.js';
import type { AtEnd } from './temporary.js';

/** A whole server in this process, with every storage mode that this machine has. */
export interface RunningApp extends Api {
  readonly folder: string;
  /** What it logged, a line of JSON each. */
  readonly logged: readonly string[];
  close(): Promise<void>;
}

/** The environment of a server that has MongoDB. */
export const mongoEnvironment = (database: string): Record<string, string> =>
  mongoUnavailable ? {} : { MONGODB_URI: sharedMongo(), MONGODB_DATABASE: database };

/**
 * Starts a server on a data directory. It is closed at the end, if not before.
 * @param atEnd - left out: of the test
 */
export async function startApp(
  folder: string,
  environment: Readonly<Record<string, string>> = {},
  options: AppOptions = {},
  atEnd: AtEnd = onTestFinished,
): Promise<RunningApp> {
  const logged: string[] = [];
  const log = createLogger('debug', { write: (line: string) => void logged.push(line) });
  const settings = loadSettings({ PORT: '0', MOORING_DATA: folder, ...environment });
  const app = await createApp(settings, log, { miniLm: sharedMiniLm(), ...options });
  atEnd(() => app.close());
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
