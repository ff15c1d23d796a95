import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askServer, createApi } from '../support/api.js';
import { type Running, startMooring } from '../support/machine/processes.js';
import { startEndpoint } from './endpoint.js';
import { runHere } from './in-process.js';
import { dataFolder } from './support.js';

const MESSAGES = 10_000;
const BATCH = 1_000;
/** As many messages as a part has at most. */
const PART = 200;

interface Exported {
  readonly session: { readonly export: { readonly text: string } };
}

const contentOf = (index: number) => `Message ${index}: ${'it is long, and on two lines.\n'.repeat(30)}`;

let data: Awaited<ReturnType<typeof dataFolder>>;
let server: Running;
let id: string;
beforeAll(async () => {
  data = await dataFolder();
  server = await startMooring(data.path);
  const api = createApi(server.url);
  const projectId = await api.createProject();
  const { session } = await api.mutate<{ session: { id: string } }>(
    'createSession',
    { projectId, key: 'long' },
    'session { id }',
  );
  id = session.id;
  for (let start = 0; start < MESSAGES; start += BATCH) {
    const memories = Array.from({ length: BATCH }, (_, n) => ({
      role: 'USER',
      sessionId: 'long',
      content: contentOf(start + n),
      occurredAt: new Date(Date.parse('2026-01-31T09:00:00Z') + (start + n) * 1_000).toISOString(),
    }));
    await api.mutate('saveMemories', { projectId, memories }, 'memories { id }');
  }
});
afterAll(async () => {
  await server.stop();
  await data.remove();
});

/** Exports to a file. `sizes`: of each part, in bytes. `written`: the size of the file when each part was asked for. */
async function exportTo(name: string, format: string) {
  const sizes: number[] = [];
  const written: number[] = [];
  const url = await startEndpoint(async ({ query, variables }) => {
    const partial = (await readdir(data.path)).find((file) => file.startsWith(name) && file.endsWith('.partial'));
    written.push(partial ? (await stat(join(data.path, partial))).size : 0);
    const answer = await askServer<Exported>(server.url, query, variables);
    sizes.push(Buffer.byteLength(answer.session.export.text));
    return { data: answer };
  });
  const options = ['--format', format, '--output', name, '--url', url];
  const ended = await runHere({ data: data.path }, 'sessions', 'export', id, ...options);
  expect([ended.code, ended.stdout]).toEqual([0, '']);
  return { sizes, written, text: await readFile(join(data.path, name), 'utf8') };
}

describe(`a conversation of ${MESSAGES} messages is exported part by part`, () => {
  test.each([
    [
      'json',
      (text: string) =>
        (JSON.parse(text) as { messages: { content: string }[] }).messages.map(({ content }) => content),
    ],
    ['markdown', (text: string) => text.split(/^## User, .*\n\n/m).slice(1)],
  ])('as %s', async (format, read) => {
    const { sizes, written, text } = await exportTo(`long.${format}`, format);
    const contents = read(text);
    expect(contents).toHaveLength(MESSAGES);
    // Where the first of them differs: all of them would be a long message.
    expect(contents.findIndex((content, index) => content.trimEnd() !== contentOf(index).trimEnd())).toBe(-1);
    expect(sizes).toHaveLength(MESSAGES / PART);
    const whole = sizes.reduce((sum, size) => sum + size, 0);
    expect(whole).toBe(Buffer.byteLength(text));
    expect(Math.max(...sizes)).toBeLessThan(whole / 40);
    // The program has written each part before it asks for the next one.
    expect(written).toEqual(sizes.map((_, index) => sizes.slice(0, index).reduce((sum, size) => sum + size, 0)));
  });
});
