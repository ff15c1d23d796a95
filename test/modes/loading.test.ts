import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { makeFolder } from '../support/temporary.js';

const dist = (file: string) => JSON.stringify(new URL(`../../dist/src/${file}`, import.meta.url).href);

/** Records the packages of all modules that are imported. */
const HOOKS = `
  import { appendFileSync } from 'node:fs';
  let list;
  export const initialize = (path) => void (list = path);
  export async function resolve(specifier, context, next) {
    const found = await next(specifier, context);
    const name = /.*[/]node_modules[/]((?:@[^/]+[/])?[^/]+)/.exec(found.url)?.[1];
    if (name) appendFileSync(list, name + '\\n');
    return found;
  }
`;

/** Starts a server and stops it. */
const PROGRAM = `
  import { register } from 'node:module';
  const [list, variables] = process.argv.slice(2);
  register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(HOOKS)}), { data: list });
  const { createApp } = await import(${dist('app.js')});
  const { createLogger } = await import(${dist('server/log.js')});
  const { loadSettings } = await import(${dist('config/settings.js')});
  const app = await createApp(loadSettings(JSON.parse(variables)), createLogger('silent'));
  await app.listen();
  await app.close();
`;

/** The packages that a server of this environment loads, from its start until it was reachable. */
async function packagesWith(environment: Record<string, string>): Promise<readonly string[]> {
  const folder = await makeFolder();
  const list = join(folder, 'packages');
  const variables = JSON.stringify({ PORT: '0', MOORING_DATA: folder, ...environment });
  const program = join(folder, 'program.mjs');
  await writeFile(program, PROGRAM);
  await promisify(execFile)(process.execPath, [program, list, variables]);
  return (await readFile(list, 'utf8')).split('\n');
}

const NOBODY = 'mongodb://127.0.0.1:1/?directConnection=true';

it('the clients of MongoDB and Chroma are loaded by a server that has them configured, and by no other', async () => {
  const bare = await packagesWith({});
  expect(bare).toContain('better-sqlite3');
  expect(bare).not.toContain('mongodb');
  expect(bare).not.toContain('chromadb');
  expect(await packagesWith({ MONGODB_URI: NOBODY })).toContain('mongodb');
  expect(await packagesWith({ CHROMA_URL: 'http://127.0.0.1:1' })).toContain('chromadb');
});

it('an offline server loads none of them, whatever is configured', async () => {
  const environment = { MOORING_OFFLINE: '1', MONGODB_URI: NOBODY, CHROMA_URL: 'http://127.0.0.1:1' };
  const loaded = await packagesWith(environment);
  expect(loaded.filter((name) => name === 'mongodb' || name === 'chromadb')).toEqual([]);
});
