import { afterAll } from 'vitest';
import type { User } from '../../../src/domain/access/user.js';
import type { Store } from '../../../src/storage/store.js';
import { openCatalog } from '../accounts.js';
import { type RunningApp, startApp } from '../server.js';
import { type AtEnd, makeFolder } from '../temporary.js';
import { type Browser, openBrowser } from './browser.js';
import { documents, laneWith } from './lane.js';
import { createPerson } from './people.js';
import { DOCUMENT, PROGRAM } from './program.js';

/** A server with a user who is signed in at a browser, and programs whose documents it reads. */
export interface ProgramsServer {
  readonly app: RunningApp;
  /** By the name that browsers use. */
  readonly url: string;
  readonly store: Store;
  readonly user: User;
  readonly browser: Browser;
  /** Creates a project as the user. */
  create(name: string): Promise<string>;
}

const PASSWORD = 'canary-battery-staple';

/** For all tests of a file. @param programs their documents, besides the usual one's */
export async function startPrograms(
  environment: Readonly<Record<string, string>> = {},
  programs: Readonly<Record<string, object>> = {},
  role = 'OWNER',
): Promise<ProgramsServer> {
  const atEnd: AtEnd = (close) => afterAll(close);
  const folder = await makeFolder(atEnd);
  const createLane = laneWith(documents({ [PROGRAM]: DOCUMENT, ...programs }));
  const app = await startApp(folder, environment, { createLane }, atEnd);
  const url = app.url.replace('127.0.0.1', 'localhost');
  const store = await openCatalog(folder, atEnd);
  const user = await createPerson(store, PASSWORD, role);
  const browser = openBrowser(url);
  const { status } = await browser.signIn(user.email!, PASSWORD);
  if (status !== 200) throw new Error(`Signing in was answered with ${status}.`);
  return {
    ...{ app, url, store, user, browser },
    async create(name) {
      const text = `mutation ($input: CreateProjectInput!) {
        it: createProject(input: $input) { ... on CreateProjectPayload { project { id } } }
      }`;
      const { it } = await browser.ask<{ it: { project: { id: string } } }>(text, { input: { name } });
      return it.project.id;
    },
  };
}

/** Sends one request by the protocol of agents. */
export function callMcp(url: string, headers: Readonly<Record<string, string>>): Promise<Response> {
  return fetch(`${url}/mcp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }),
  });
}

export const bearer = (token: string): { readonly authorization: string } => ({ authorization: `Bearer ${token}` });
