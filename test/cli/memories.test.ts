import { mkdir } from 'node:fs/promises';
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

const cli = (...args: string[]) => runHere({ data: data.path }, 'memories', ...args);

async function save(fields: object): Promise<string> {
  const input = { projectId, role: 'ASSISTANT', ...fields };
  return (await api.mutate<{ memory: { id: string } }>('saveMemory', input, 'memory { id }')).memory.id;
}

describe('memories', () => {
  test('are listed, the newest first, and filtered', async () => {
    const fact = await save({ kind: 'FACT', content: 'The hull is\nred \u001b[2Jnow.' });
    const said = await save({ role: 'USER', sessionId: 'sail', content: 'Mend the sail.' });
    const { code, stdout } = await cli('list');
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^id +when +kind +session +content$/);
    expect(lines[1]).toMatch(new RegExp(`^${said}  .{24}  user +sail +Mend the sail\\.$`));
    expect(lines[2]).toMatch(new RegExp(`^${fact}  .{24}  fact +– +The hull is red now\\.$`));
    const idsOf = async (...args: string[]) =>
      (await cli('list', '--project', projectId, '--json', ...args)).lines<{ id: string }>().map(({ id }) => id);
    expect(await idsOf('--kind', 'fact')).toEqual([fact]);
    expect(await idsOf('--session', 'sail')).toEqual([said]);
    expect(await idsOf('--limit', '1')).toEqual([said]);
    expect((await cli('list', '--session', 'none')).stdout).toBe('There are no such memories.\n');
  });

  test('are found by words, the best first', async () => {
    const found = await save({ kind: 'DECISION', content: 'Paint it with varnish.' });
    const hits = (await cli('search', 'varnish', '--json')).lines<object>();
    expect(hits[0]).toMatchObject({ id: found, score: expect.any(Number), content: 'Paint it with varnish.' });
    expect((await cli('search', 'varnish', '--kind', 'decision')).stdout).toMatch(
      /^ *score {2}id .*\n *[\d.]+ {2}mem_/,
    );
    expect((await cli('search', 'varnish', '--kind', 'summary')).stdout).toBe('Nothing was found.\n');
  });

  test('are those of the nearest project around the working directory', async () => {
    const folder = join(data.path, 'src', 'deep');
    await mkdir(folder, { recursive: true });
    const nearest = await api.createProject({ name: 'Source', path: join(data.path, 'src') });
    const saved = await save({ projectId: nearest, content: 'Deep.' });
    const inFolder = (path: string) => runHere({ data: path, env: { MOORING_DATA: data.path } }, 'memories', 'list');
    expect((await inFolder(folder)).stdout).toContain(saved);
    const outside = await dataFolder();
    try {
      const { code, stderr } = await inFolder(outside.path);
      expect([code, stderr]).toEqual([4, expect.stringMatching(/^No project has the folder .*, or one around it\./)]);
    } finally {
      await outside.remove();
    }
  });

  test('need a project', async () => {
    const { code, stderr } = await cli('list', '--project', '/elsewhere');
    expect([code, stderr]).toEqual([4, expect.stringContaining('No project has the path /elsewhere.')]);
  });
});
