import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createIdGenerator } from '../../../src/domain/id.js';
import type { Memory } from '../../../src/domain/memory.js';
import { memories, states } from '../../../src/storage/collections.js';
import type { Store } from '../../../src/storage/store.js';
import { context, EPOCH, put } from '../../contract/store.js';
import { cacheOf, eventually, fileFactory } from '../../support/files/files.js';
import { aMemory } from '../../support/records.js';
import { MARKER, SECRET } from '../../support/secrets.js';

const newId = createIdGenerator();
const redactions = [{ rule: 'github-token', count: 1 }];

describe('a secret that a person writes into a file', () => {
  const projectId = newId('project', 'abcdefgh');
  const factory = fileFactory({ projectId });
  let place: string;
  let store: Store;
  let memory: Memory;
  beforeEach(async () => {
    place = await factory.place();
    store = await factory.open(place, EPOCH);
    memory = aMemory({ content: 'as it was' });
    await store.commit([put(memory)], context());
  });
  afterEach(() => factory.cleanUp());

  const pathOf = ({ id }: { id: string }) => join(place, 'memories/2026/01/01', `${id}.json`);
  const read = () => readFileSync(pathOf(memory), 'utf8');
  const stored = async () => (await store.collection(memories).get([memory.id]))[0]!;
  const edit = (change: object) => writeFileSync(pathOf(memory), JSON.stringify({ ...JSON.parse(read()), ...change }));
  const atVersion = (version: number) =>
    eventually(
      async () => ((await stored()).version >= version ? stored() : null),
      `the edit was taken as version ${version}`,
    );
  /** While one is written in the place of a text that is kept, there is none for a moment. */
  const written = (text: string) =>
    eventually(() => (existsSync(pathOf(memory)) && read().includes(text) ? true : null), `the file has ${text}`);
  const decide = (secrets: string | null) => store.writeManifest({ id: projectId, epoch: EPOCH, secrets });

  /** Where the secret is: names of files of the project and of its cache. */
  function found(): readonly string[] {
    const folders = [place, dirname(cacheOf(place))];
    return folders.flatMap((folder) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((each) => each.isFile() && readFileSync(join(each.parentPath, each.name), 'latin1').includes(SECRET))
        .map(({ name }) => name),
    );
  }

  it('is redacted, and the file is written again without it: it is nowhere', async () => {
    edit({ content: `Log in with ${SECRET}`, metadata: { a: 1 } });
    const now = await atVersion(2);
    expect(now).toMatchObject({ content: `Log in with ${MARKER}`, metadata: { a: 1 }, redactions });
    await written(MARKER);
    expect(JSON.parse(read())).toEqual(now);
    expect(found()).toEqual([]);
    expect(await store.health()).toEqual({ ok: true, problems: [] });
  });

  it('is redacted in a file that is new, and in one that is found when the store is opened', async () => {
    const made = aMemory({ content: SECRET });
    mkdirSync(dirname(pathOf(made)), { recursive: true });
    writeFileSync(pathOf(made), JSON.stringify(made));
    const taken = await eventually(async () => (await store.collection(memories).get([made.id]))[0], 'it was taken');
    expect(taken).toMatchObject({ content: MARKER, redactions });
    await store.close();
    edit({ content: `Again ${SECRET}` });
    store = await factory.open(place);
    expect(await stored()).toMatchObject({ content: `Again ${MARKER}`, redactions });
    expect(found()).toEqual([]);
  });

  it('is taken out again when it is put back in the place of its marker: no version changes', async () => {
    edit({ content: SECRET });
    await atVersion(2);
    await written(MARKER);
    edit({ content: SECRET });
    await written(MARKER);
    expect((await stored()).version).toBe(2);
    expect(found()).toEqual([]);
    expect(readdirSync(dirname(pathOf(memory)))).toHaveLength(1);
  });

  it('counts no more once somebody removes its marker, and nobody can count by hand', async () => {
    edit({ content: SECRET });
    await atVersion(2);
    await written(MARKER);
    edit({ content: 'clean', redactions: [{ rule: 'github-token', count: 7 }] });
    expect(await atVersion(3)).not.toHaveProperty('redactions');
  });

  it('is refused where it names the record, and the problem tells the rule, not the secret', async () => {
    const id = newId('state', 'abcdefgh');
    const { createdAt, updatedAt } = memory;
    const state = { id, version: 1, createdAt, updatedAt, deletedAt: null, externalId: null, ownerId: projectId };
    const path = join(place, 'states/2026/01/01', `${id}.json`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, JSON.stringify({ ...state, key: SECRET, value: 1 }));
    const problem = await eventually(async () => (await store.health()).problems[0], 'health reports it');
    expect(problem).toContain('key holds a secret (github-token)');
    expect(problem).not.toContain(SECRET);
    expect(await store.collection(states).get([id])).toEqual([null]);
  });

  it("is refused under the project's policy REFUSE: only the person's own file has it", async () => {
    await decide('REFUSE');
    edit({ content: SECRET });
    const problem = await eventually(async () => (await store.health()).problems[0], 'health reports it');
    expect(problem).toContain('content holds a secret (github-token), and the policy refuses secrets');
    expect(problem).not.toContain(SECRET);
    expect(await stored()).toEqual(memory);
    expect(found()).toEqual([`${memory.id}.json`]);
    // A request wins; what it can't take over is kept, without the secret.
    await store.commit([put({ ...memory, content: 'by a request', version: 2 })], context());
    expect(await stored()).toMatchObject({ content: 'by a request' });
    await written('by a request');
    expect(found()).toEqual([]);
    const kept = readdirSync(dirname(pathOf(memory))).filter((name) => name.includes('.edited-'));
    expect(kept.map((name) => readFileSync(join(dirname(pathOf(memory)), name), 'utf8'))).toEqual([
      expect.stringContaining(MARKER),
    ]);
  });

  it("stays under the project's policy OFF, and its change counts at once", async () => {
    await decide('OFF');
    edit({ content: SECRET });
    expect((await atVersion(2)).content).toBe(SECRET);
    await decide(null);
    edit({ content: `${SECRET} again` });
    expect((await atVersion(3)).content).toBe(`${MARKER} again`);
  });

  it('in a text that is older than the record is kept without it', async () => {
    await store.commit([put({ ...memory, content: 'newer', version: 2 })], context());
    const now = await stored();
    await written('newer');
    writeFileSync(pathOf(memory), JSON.stringify({ ...memory, content: SECRET }));
    await written('newer');
    expect(await stored()).toEqual(now);
    expect(found()).toEqual([]);
    const kept = readdirSync(dirname(pathOf(memory))).filter((name) => name.includes('.edited-'));
    expect(readFileSync(join(dirname(pathOf(memory)), kept[0]!), 'utf8')).toContain(MARKER);
  });
});
