import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type RunningApp, startApp } from '../support/server.js';
import { makeFolder } from '../support/temporary.js';

/** What a person could turn a memory's file into, and what is reported about it. */
const WRONG: readonly (readonly [why: string, change: (text: string) => Buffer])[] = [
  ["isn't UTF-8", (text) => Buffer.from(text.replace('as it was', 'caf\xe9'), 'latin1')],
  ['occurredAt isn', (text) => Buffer.from(text.replace(/("occurredAt": "\d{4})-\d\d-\d\d/, '$1-02-30'))],
  [
    '1234567890123456789, which has more digits',
    (text) => Buffer.from(text.replace('"n": 1', '"n": 1234567890123456789')),
  ],
  ['a key twice, "n"', (text) => Buffer.from(text.replace('"n": 1', '"n": 1, "n": 2'))],
];

interface Memory {
  readonly id: string;
  readonly version: number;
  readonly content: string;
  readonly metadata: object;
}
const memoriesOf = async ({ ask }: RunningApp, id: string) =>
  (
    await ask<{ project: { memories: { nodes: Memory[] } } }>(
      `{ project(by: { id: "${id}" }) { memories { nodes { id version content metadata } } } }`,
    )
  ).project.memories.nodes;
const problemsOf = async ({ ask }: RunningApp) =>
  (await ask<{ storageHealth: { ok: boolean; problems: string[] }[] }>('{ storageHealth(mode: FILE) { ok problems } }'))
    .storageHealth[0]!;

/** A project in FILE with a memory for each fault, on a server that is closed again, and its files. */
async function makeProject(folder: string) {
  const app = await startApp(folder);
  const id = await app.createProject({ storageMode: 'FILE' });
  const memories = WRONG.map((_, n) => ({ content: `as it was ${n}`, role: 'USER', metadata: { n: 1 } }));
  await app.mutate('saveMemories', { projectId: id, memories }, 'memories { id }');
  const saved = await memoriesOf(app, id);
  await app.close();
  const home = join(folder, 'files', id);
  const files = readdirSync(join(home, 'memories'), { recursive: true, encoding: 'utf8' });
  const pathOf = (memory: Memory) => join(home, 'memories', files.find((name) => name.includes(memory.id))!);
  return { id, home, saved, pathOf };
}

function spoil(saved: readonly Memory[], pathOf: (memory: Memory) => string): readonly Buffer[] {
  return WRONG.map(([, change], index) => {
    const path = pathOf(saved[index]!);
    const text = readFileSync(path, 'utf8');
    const bytes = change(text);
    if (bytes.equals(Buffer.from(text))) throw new Error(`Nothing was changed in ${text}`);
    writeFileSync(path, bytes);
    return bytes;
  });
}

async function expectLeftAlone(
  app: RunningApp,
  { id, saved, pathOf }: Omit<Awaited<ReturnType<typeof makeProject>>, 'home'>,
  bytes: readonly Buffer[],
): Promise<void> {
  expect(await memoriesOf(app, id)).toEqual(saved);
  const { ok, problems } = await problemsOf(app);
  expect(ok).toBe(false);
  for (const [index, [why]] of WRONG.entries()) {
    const problem = problems.find((each) => each.includes(saved[index]!.id));
    expect(problem).toContain(why);
    expect(readFileSync(pathOf(saved[index]!)).equals(bytes[index]!)).toBe(true);
  }
  expect(problems).toHaveLength(WRONG.length);
}

describe('files with content that no request could write', () => {
  it('are left alone and reported, with the cache of this machine and without it', async () => {
    const folder = await makeFolder();
    const project = await makeProject(folder);
    const bytes = spoil(project.saved, project.pathOf);
    const first = await startApp(folder);
    await expectLeftAlone(first, project, bytes);
    await first.close();
    rmSync(join(folder, 'caches'), { recursive: true });
    const second = await startApp(folder);
    await expectLeftAlone(second, project, bytes);

    const [memory] = project.saved;
    await second.mutate('updateMemory', { id: memory!.id, version: 1, content: 'by a request' }, 'memory { id }');
    const beside = readdirSync(join(project.pathOf(memory!), '..')).find((name) => name.includes('.edited-'));
    expect(readFileSync(join(project.pathOf(memory!), '..', beside!)).equals(bytes[0]!)).toBe(true);
  });

  it('are left alone and reported where the project is attached', async () => {
    const project = await makeProject(await makeFolder());
    const elsewhere = await makeFolder();
    const home = join(elsewhere, 'files', project.id);
    await cp(project.home, home, { recursive: true });
    const pathOf = (memory: Memory) => join(home, project.pathOf(memory).slice(project.home.length));
    const bytes = spoil(project.saved, pathOf);
    const app = await startApp(elsewhere);
    await app.mutate('attachProject', { mode: 'FILE', projectId: project.id }, 'project { id }');
    await expectLeftAlone(app, { ...project, pathOf }, bytes);
  });

  it.each([
    ['isn’t UTF-8', (text: string) => Buffer.from(text.replace('A project', 'caf\xe9'), 'latin1')],
    [
      'has a number that can’t be kept',
      (text: string) => Buffer.from(text.replace('"settings": {', '"settings": {"n": 1e400')),
    ],
    ['has a key twice', (text: string) => Buffer.from(text.replace('"name"', '"name": "x", "name"'))],
  ])('of a project’s record keep it from being attached: it %s', async (_what, change) => {
    const { id, home } = await makeProject(await makeFolder());
    const elsewhere = await makeFolder();
    await cp(home, join(elsewhere, 'files', id), { recursive: true });
    const path = join(elsewhere, 'files', id, 'project.json');
    const bytes = change(readFileSync(path, 'utf8'));
    writeFileSync(path, bytes);
    const app = await startApp(elsewhere);
    const { attachableProjects } = await app.ask<{ attachableProjects: object[] }>(
      '{ attachableProjects(mode: FILE) { projectId name canAttach } }',
    );
    expect(attachableProjects).toEqual([{ projectId: id, name: null, canAttach: false }]);
    await expect(app.mutate('attachProject', { mode: 'FILE', projectId: id }, 'project { id }')).rejects.toThrow(
      'has no copy of its project',
    );
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });
});
