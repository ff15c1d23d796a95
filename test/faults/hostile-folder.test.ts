import { execFileSync } from 'node:child_process';
import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { lstat, readFile, readlink, utimes } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memories } from '../../src/storage/collections.js';
import { findFolder, findWithFault } from '../../src/storage/file/projects.js';
import type { Store } from '../../src/storage/store.js';
import { context, EPOCH, put, STORE_COLLECTIONS } from '../contract/store.js';
import { cases } from '../support/extent.js';
import { cacheOf, fileFactory } from '../support/files/files.js';
import { borrowFileWriter } from '../support/machine/threads.js';
import { aMemory } from '../support/records.js';

/**
 * A project's folder comes from an attacker, who replaced each of our paths in turn. Whatever is
 * done with the folder then, nothing outside of it changes, and nothing waits for ever.
 */

const DAY = '2026/01/01';
const NAMES = STORE_COLLECTIONS.map(({ name }) => name);
/** The paths of one represent those of all; in a full run, each is tried. */
const COLLECTIONS = cases(
  ['memories'],
  NAMES.filter((name) => name !== 'memories'),
);
const SEGMENT = 'log/000000000001-000000000001.jsonl';
/** Without these a project can't be used, so it isn't opened. */
const NEEDED = [
  '',
  '.tmp',
  '.tmp/draft-00000000-0000-4000-8000-000000000000',
  '.lock',
  '.lock/turn',
  '.lock/lock',
  '.lock/holder',
  '.gitignore',
  'log',
  'log/current.jsonl',
  SEGMENT,
  'project.json',
  'head.json',
  ...COLLECTIONS.flatMap((name) => [name, `${name}/_index.json`]),
];
/** Something else in place of one of these is reported, and the rest is served. */
const REPORTED = ['memories/2026', `memories/${DAY}`, 'document'];

const isRoot = process.getuid?.() === 0;
if (!isRoot) console.warn('Skipped, for only root may make them: devices in the place of files.');

type Put = (path: string) => void | Promise<void>;
type Kind = readonly [kind: string, put: Put];
const KINDS = cases<Kind>(
  [
    ['a link to a folder', (path) => symlinkSync(outside, path)],
    ['a link to a file', (path) => symlinkSync(join(outside, 'profile'), path)],
    ['a pipe', (path) => void execFileSync('mkfifo', [path])],
  ],
  [
    ['a link to nothing', (path) => symlinkSync(join(outside, 'new'), path)],
    ['a socket', listenAt],
    ...(isRoot ? [['a device', (path: string) => void execFileSync('mknod', [path, 'c', '1', '5'])] as Kind] : []),
  ],
);

const factory = fileFactory();
const servers: Server[] = [];
let outside: string;
let place: string;
let store: Store;
const memory = aMemory({ content: 'as it was' });
const purged = aMemory();

beforeEach(async () => {
  outside = mkdtempSync(join(tmpdir(), 'mooring-outside-'));
  mkdirSync(join(outside, 'sub/2026/01/01'), { recursive: true });
  for (const name of ['profile', 'turn', 'holder', 'current.jsonl', 'sub/2026/01/01/note.json']) {
    writeFileSync(join(outside, name), `somebody else's ${name}\n`);
    // Older than anything that we clear away.
    await utimes(join(outside, name), 1_000_000_000, 1_000_000_000);
  }
  place = await factory.place();
  store = await factory.open(place, EPOCH);
  await store.commit([put(memory)], context());
  await store.commit([put(purged)], context());
});
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
  await factory.cleanUp();
  rmSync(outside, { recursive: true, force: true });
});

const pathOf = (own: string) =>
  own === 'document' ? join(place, 'memories', DAY, `${memory.id}.json`) : join(place, own);

/** Puts something in the place of an own path; what was there is kept next to the project. */
async function replace(own: string, put: Put): Promise<string> {
  const path = pathOf(own);
  for (let attempt = 1; ; attempt += 1) {
    try {
      if (existsSync(path)) renameSync(path, `${place}.kept-${attempt}`);
      await put(path);
      return path;
    } catch (error) {
      // A process that has the project open created it again in between.
      if (!existsSync(path)) throw error;
    }
  }
}

async function listenAt(path: string): Promise<void> {
  // The path of a socket must be short.
  const at = join(outside, '..', `s${servers.length}-${process.pid}`);
  const server = createServer().listen(at);
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  renameSync(at, path);
}

/** Everything outside, with its contents and times. */
async function canaries(): Promise<readonly unknown[]> {
  const names = readdirSync(outside, { recursive: true, encoding: 'utf8' }).sort();
  return Promise.all(
    ['', ...names].map(async (name) => {
      const path = join(outside, name);
      const { mode, size, mtimeMs, ctimeMs, ino } = await lstat(path);
      const text = await readFile(path, 'utf8').catch(() => readlink(path).catch(() => null));
      return { name, mode, size, mtimeMs, ctimeMs, ino, text };
    }),
  );
}

/** Everything that is done with a project; each step may fail. */
async function useAll(open: Store): Promise<void> {
  const attempts = [
    () => open.collection(memories).get([memory.id]),
    () => open.scan(memories, null, 10),
    () => open.commit([put(aMemory())], context()),
    () => open.commit([put({ ...memory, version: 2, content: 'changed' })], context()),
    () => open.commit([{ kind: 'remove', collection: 'memories', id: purged.id, version: 1 }], context()),
    () => open.writeManifest({ id: 'prj_1' }),
    () => open.health(),
    () => open.close(),
  ];
  for (const attempt of attempts) await attempt().catch(() => undefined);
}

async function destroy(): Promise<void> {
  const writer = borrowFileWriter();
  await writer.destroy({ folder: place, cache: cacheOf(place) }).catch(() => undefined);
  await writer.close();
}

/** Of the paths every third, another for each kind: so each is tried with one of them. In a full run, all. */
const some = (paths: readonly string[], kind: number) =>
  paths.filter((_, n) => cases([0], [1, 2]).includes((n + kind) % 3));

describe.each(KINDS.map(([name, put], kind) => [name, put, kind] as const))('%s', (_, thing, kind) => {
  it.each(some(NEEDED, kind))(
    'in the place of "%s" keeps the project closed, and nothing outside changes',
    async (own) => {
      await store.close();
      const path = await replace(own, thing);
      const before = await canaries();
      const fault = { code: 'STORE_UNSUITABLE', message: expect.stringContaining(path) };
      await expect(factory.open(place)).rejects.toMatchObject(fault);
      // Inspecting the folder finds the same, without opening it.
      expect(findWithFault(place, NAMES)).toMatchObject({ fault });
      try {
        findFolder(place);
      } catch (error) {
        expect(error).toMatchObject({ code: 'STORE_UNSUITABLE' });
      }
      await destroy();
      expect(await canaries()).toEqual(before);
    },
  );

  it.each(some(REPORTED, kind))(
    'in place of a %s is reported, the rest is served, and nothing outside changes',
    async (own) => {
      await store.close();
      const path = await replace(own, thing);
      const before = await canaries();
      store = await factory.open(place);
      expect(await store.collection(memories).get([memory.id])).toEqual([memory]);
      const problems = (await store.health()).problems.join('\n');
      expect(problems).toContain(path);
      expect(problems).not.toMatch(/Error:|\.\./);
      await useAll(store);
      await destroy();
      expect(await canaries()).toEqual(before);
    },
  );

  it.each(some([...NEEDED, ...REPORTED], kind + 1))(
    'that comes in the place of "%s" meanwhile changes nothing outside',
    async (own) => {
      await replace(own, thing);
      const before = await canaries();
      await useAll(store);
      await destroy();
      expect(await canaries()).toEqual(before);
    },
  );
});

describe.each(KINDS)('%s', (_, thing) => {
  it.each([
    ['memories/thing', 'a name that means nothing'],
    [`memories/${DAY}/${aMemory().id}.json`, 'the name of a record that there isn’t'],
  ])('at %s is reported: %s', async (own) => {
    const told = { ok: false, problems: [expect.stringContaining(pathOf(own))] };
    await thing(pathOf(own));
    expect(await store.health()).toEqual(told);
    await store.close();
    store = await factory.open(place);
    expect(await store.health()).toEqual(told);
    rmSync(pathOf(own));
    expect(await store.health()).toEqual({ ok: true, problems: [] });
  });
});

describe('a file that has another name outside', () => {
  const files = [...NEEDED, ...REPORTED].filter((own) => /[.](json|jsonl|gitignore)$|turn|lock\/|document/.test(own));
  /** Each path is tried in one of two ways; in a full run, in both. */
  const half = (way: number) => files.filter((_, n) => cases([0], [1]).includes((n + way) % 2));
  const hardLink: Put = (path) => linkSync(join(outside, 'profile'), path);

  it.each(half(0))('in the place of "%s" isn’t written', async (own) => {
    await store.close();
    await replace(own, hardLink);
    const before = await canaries();
    const opened = await factory.open(place).catch((error: unknown) => {
      expect(error).toMatchObject({ code: expect.stringMatching(/^STORE_/) });
      return null;
    });
    if (opened) await useAll(opened);
    expect(contentsOf(await canaries())).toEqual(contentsOf(before));
  });

  it.each(['log/current.jsonl', '.lock/holder'])('in the place of "%s" is seen before it is opened', async (own) => {
    await store.close();
    const path = await replace(own, hardLink);
    expect(findWithFault(place, NAMES)).toMatchObject({
      fault: { code: 'STORE_UNSUITABLE', message: expect.stringContaining(path) },
    });
  });

  it.each(half(1))('that comes in the place of "%s" meanwhile isn’t written', async (own) => {
    await replace(own, hardLink);
    const before = await canaries();
    await useAll(store);
    expect(contentsOf(await canaries())).toEqual(contentsOf(before));
  });

  /** Removing a name changes the link count of a file, and with it a time. */
  const contentsOf = (all: readonly unknown[]) => all.map((each) => ({ ...(each as object), ctimeMs: 0 }));
});
