import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'vitest';
import { startApp } from '../support/server.js';
import type { Ended } from './support.js';

/** A project with some tasks, made by a server that is stopped again. */
export async function projectWith(data: string, tasks: number): Promise<string> {
  const app = await startApp(data);
  const projectId = await app.createProject({ name: 'Lighthouse', path: data });
  const titles = Array.from({ length: tasks }, (_, i) => ({ title: `Task ${i}` }));
  await app.mutate('createTasks', { projectId, tasks: titles }, 'tasks { id }');
  await app.close();
  return projectId;
}

/** The migration that a command reported. */
export function idOf({ stdout }: { readonly stdout: string }): string {
  return /mig_[0-9a-z]{26}/.exec(stdout)![0];
}

/** Where the only project lives, as it is stored. */
export function modeIn(data: string): string {
  const catalog = new Database(join(data, 'catalog/store.db'), { readonly: true });
  const mode = catalog.prepare("SELECT doc ->> 'storageMode' FROM projects").pluck().get();
  catalog.close();
  return String(mode);
}

export function expectDone(ended: Ended): void {
  expect([ended.code, ended.stderr]).toEqual([0, '']);
}
