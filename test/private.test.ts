import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeDataDirectory } from '../src/files/private-files.js';
import { createApi } from './support/api.js';
import { type Running, startMooring } from './support/machine/processes.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mooring-private-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const modeOf = (path: string) => lstatSync(path).mode & 0o777;

/** The files in a folder, and the folder itself, that users other than its owner may access. */
function openIn(folder: string): readonly string[] {
  const paths = ['', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })].map((name) => join(folder, name));
  return paths.filter((path) => (modeOf(path) & 0o077) !== 0);
}

describe('what a server creates', () => {
  let server: Running;
  let data: string;
  let shared: string;
  beforeEach(async () => {
    data = join(root, 'new', 'data');
    shared = join(root, 'shared');
    mkdirSync(shared);
    chmodSync(shared, 0o777);
    // With this umask, whatever isn't private is open to all.
    server = await startMooring(data, {}, 'umask 0');
    const { createProject, mutate } = createApi(server.url);
    for (const place of [
      { storageMode: 'LOCAL' },
      { storageMode: 'FILE' },
      { storageMode: 'FILE', settings: { fileStorePath: join(shared, 'team') } },
    ]) {
      const projectId = await createProject(place);
      await mutate('saveMemory', { projectId, role: 'USER', content: 'quiet' }, 'memory { id }');
      await mutate('createTask', { projectId, title: 'quiet' }, 'task { id }');
    }
  });
  afterEach(() => server.stop());

  it('in its data directory is for its user alone, whatever the umask is', async () => {
    const names = readdirSync(data, { recursive: true, encoding: 'utf8' });
    for (const kind of [/^secret.key$/, /^server.json$/, /store.db-wal$/, /store.db-shm$/, /bell.ring$/, /files.db$/])
      expect(names.filter((name) => kind.test(name))).not.toEqual([]);
    expect(openIn(data)).toEqual([]);
    await server.stop();
    expect(openIn(data)).toEqual([]);
  });

  it('lies in its data directory, and nothing in the working directory', async () => {
    const before = readdirSync(process.cwd());
    await createApi(server.url).ask('{ storageHealth(mode: LOCAL) { ok } }');
    expect(readdirSync(process.cwd()).filter((name) => !before.includes(name))).not.toContain(':memory:');
  });

  it('above its data directory is as the umask says', () => {
    expect(modeOf(join(root, 'new'))).toBe(0o777);
  });

  it('in a folder that a team shares can be read and written by the team', () => {
    const team = join(shared, 'team');
    const names = readdirSync(team, { recursive: true, encoding: 'utf8' });
    expect(names.filter((name) => name.endsWith('.json')).length).toBeGreaterThan(2);
    const modes = names.map((name) => [name, modeOf(join(team, name)) & 0o066] as const);
    expect(modes.filter(([, mode]) => mode !== 0o066)).toEqual([]);
  });
});

describe('a data directory that others may enter', () => {
  const folder = () => join(root, 'data');
  beforeEach(() => {
    mkdirSync(folder());
    chmodSync(folder(), 0o755);
  });

  it.each([[[]], [['secret.key', 'catalog', 'projects', 'server.json']]])(
    'with %j in it is closed to them',
    (names) => {
      for (const name of names) writeFileSync(join(folder(), name), '');
      makeDataDirectory(folder());
      expect(modeOf(folder())).toBe(0o700);
    },
  );

  it('and that holds other files is left as it is: they may be meant for others', () => {
    for (const name of ['secret.key', 'index.html']) writeFileSync(join(folder(), name), '');
    makeDataDirectory(folder());
    expect(modeOf(folder())).toBe(0o755);
  });

  it('and that everybody may write to is left as it is', () => {
    chmodSync(folder(), 0o1777);
    makeDataDirectory(folder());
    expect(lstatSync(folder()).mode & 0o7777).toBe(0o1777);
    expect(existsSync(folder())).toBe(true);
  });
});
