import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Api, createApi } from '../support/api.js';
import { type Running, startMooring } from '../support/machine/processes.js';
import { runHere } from './in-process.js';
import { dataFolder } from './support.js';

let data: Awaited<ReturnType<typeof dataFolder>>;
let server: Running;
let api: Api;
let projectId: string;
beforeAll(async () => {
  data = await dataFolder();
  server = await startMooring(data.path);
  api = createApi(server.url);
  projectId = await api.createProject({ name: 'Harbour', path: data.path });
});
afterAll(async () => {
  await server.stop();
  await data.remove();
});

const cli = (...args: string[]) => runHere({ data: data.path }, 'sessions', ...args);

async function create(input: object): Promise<string> {
  const { session } = await api.mutate<{ session: { id: string } }>(
    'createSession',
    { projectId, ...input },
    'session { id }',
  );
  return session.id;
}

async function say(sessionId: string, ...contents: readonly string[]): Promise<void> {
  const memories = contents.map((content) => ({ role: 'USER', sessionId, content }));
  await api.mutate('saveMemories', { projectId, memories }, 'memories { id }');
}

describe('sessions list', () => {
  test('prints those that were active last first, and filters them', async () => {
    const sail = await create({ key: 'sail', userId: 'ann', agent: 'claude' });
    const hull = await create({ key: 'hull', title: 'Paint the \u001b[2Jhull', userId: 'ben', agent: 'codex' });
    await say('sail', 'Mend the sail\nplease', 'It is torn.');
    const { code, stdout } = await cli('list');
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^id +last active +memories +agent +user +title$/);
    expect(lines[1]).toMatch(new RegExp(`^${sail}  .{24} +2  claude +ann +Mend the sail please$`));
    expect(lines[2]).toMatch(new RegExp(`^${hull}  .{24} +0  codex +ben +Paint the hull$`));
    const idsOf = async (...args: string[]) => {
      const found = await cli('list', '--project', projectId, '--json', ...args);
      return found.stdout === '' ? [] : found.lines<{ id: string }>().map(({ id }) => id);
    };
    expect(await idsOf('--limit', '1')).toEqual([sail]);
    expect(await idsOf('--agent', 'codex')).toEqual([hull]);
    expect(await idsOf('--user', 'ann')).toEqual([sail]);
    expect(await idsOf('--user', 'nobody')).toEqual([]);
    expect((await cli('list', '--user', 'nobody')).stdout).toBe('There are no such sessions.\n');
  });

  test('needs a project', async () => {
    const { code, stderr } = await cli('list', '--project', '/elsewhere');
    expect([code, stderr]).toEqual([4, expect.stringContaining('No project has the path /elsewhere.')]);
  });
});

describe('sessions export', () => {
  test('finds a session by its key in a project', async () => {
    const id = await create({ key: 'rope', title: 'Buy rope' });
    for (const where of [[], ['--project', projectId], ['--url', `${server.url}/graphql/`, '--project', projectId]]) {
      expect((await cli('export', 'rope', '--json', ...where)).lines()).toMatchObject([{ id, key: 'rope' }]);
    }
    const unknown = await cli('export', 'sail cloth', '--project', projectId);
    expect([unknown.code, unknown.stderr]).toEqual([4, expect.stringContaining('with the key sail cloth')]);
  });

  test('prints Markdown, or JSON, on one line with --json', async () => {
    const id = await create({ key: 'short', title: 'Short' });
    await say('short', 'Hello\n\n\tindented', 'Tur\u202ened');
    const markdown = await cli('export', id);
    expect(markdown.stdout).toMatch(/^# Short\n\n.* UTC\n\n## User, .* UTC\n\nHello\n\n\tindented\n\n## User, /);
    const { stdout } = await cli('export', id, '--format', 'json');
    const expected = {
      id,
      title: 'Short',
      messages: [{ content: 'Hello\n\n\tindented' }, { content: 'Tur\u202ened' }],
    };
    expect(JSON.parse(stdout)).toMatchObject(expected);
    expect(stdout).not.toContain('\u202e');
    const [line, ...more] = (await cli('export', id, '--json')).lines<object>();
    expect([line, more]).toEqual([expect.objectContaining({ id }), []]);
    expect(line).toMatchObject(expected);
    const both = await cli('export', id, '--json', '--format', 'markdown');
    expect([both.code, JSON.parse(both.stderr)]).toEqual([2, expect.objectContaining({ type: 'error' })]);
  });

  test('writes a conversation of many parts to a file, which is replaced only when all is written', async () => {
    const id = await create({ key: 'long' });
    const contents = Array.from({ length: 450 }, (_, n) => `Message ${n} \u001b[1m`);
    await say('long', ...contents);
    const file = join(data.path, 'long.json');
    await writeFile(file, 'old');
    const missing = await cli('export', id.replace('ses_', 'ses_0').slice(0, 30), '--output', file);
    expect(missing.code).toBe(4);
    expect(await readFile(file, 'utf8')).toBe('old');
    const written = await cli('export', id, '--format', 'json', '--output', 'long.json');
    expect([written.code, written.stdout, written.stderr]).toEqual([0, '', expect.stringContaining('long.json')]);
    const { messages } = JSON.parse(await readFile(file, 'utf8')) as { messages: { content: string }[] };
    expect(messages.map(({ content }) => content)).toEqual(contents);
    expect((await readdir(data.path)).filter((name) => name.includes('partial'))).toEqual([]);
    const [line] = (await cli('export', id, '--output', file, '--json', '--format', 'markdown')).lines();
    expect(line).toEqual({ id, format: 'MARKDOWN', path: expect.stringContaining('long.json') });
    expect(await readFile(file, 'utf8')).toContain('\n## User, ');
    const nowhere = await cli('export', id, '--output', join(data.path, 'none', 'x.md'));
    expect([nowhere.code, nowhere.stderr]).toEqual([1, expect.stringContaining("can't be written (ENOENT)")]);
  });
});
