import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createApi } from '../support/api.js';
import { cases } from '../support/extent.js';
import { startMooring } from '../support/machine/processes.js';
import { mongoEnvironment } from '../support/server.js';
import { makeDatabase, makeFolder } from '../support/temporary.js';
import { until } from '../support/until.js';

/** What a server keeps in RAM of a purged record, by a heap snapshot. */

const WORD = 'zyxommagraph';

/** The texts on a server's heap that have the word in them. */
async function remembered(pid: number, folder: string): Promise<readonly string[]> {
  const find = async () => (await readdir(folder)).find((name) => name.endsWith('.heapsnapshot'));
  process.kill(pid, 'SIGUSR2');
  let texts: readonly string[] | null = null;
  await until(async () => {
    const name = await find();
    // It is being written until it can be read.
    const snapshot = name && (await readFile(join(folder, name), 'utf8'));
    try {
      texts = (JSON.parse(snapshot || '') as { strings: string[] }).strings.filter((text) => text.includes(WORD));
    } catch {}
    return texts !== null;
  });
  await rm(join(folder, (await find())!));
  return texts!;
}

it.each(cases(['LOCAL'], ['FILE', 'MONGODB'] as const))(
  '%s: a server has no word of a memory in RAM once it is purged',
  async (storageMode) => {
    const folder = await makeFolder();
    const snapshots = await makeFolder();
    const server = await startMooring(folder, {
      ...mongoEnvironment(makeDatabase()),
      NODE_OPTIONS: `--heapsnapshot-signal=SIGUSR2 --diagnostic-dir=${snapshots}`,
    });
    onTestFinished(() => server.stop());
    const api = createApi(server.url);
    const projectId = await api.createProject({ storageMode });
    const content = `the ${WORD} is a multi-${WORD}, or a ${WORD}Value`;
    // Once in variables, and once in the query itself.
    const saved = await api.mutate<{ memory: { id: string } }>(
      'saveMemory',
      { projectId, role: 'USER', content },
      'memory { id }',
    );
    const { saveMemory } = await api.ask<{ saveMemory: { memory: { id: string } } }>(
      `mutation { saveMemory(input: { projectId: "${projectId}", role: USER, content: "${content}" }) {
      ... on SaveMemoryPayload { memory { id } } } }`,
    );
    const search = 'query ($id: ID!) { project(by: { id: $id }) { searchMemories(query: "a thing") { pending } } }';
    await until(async () => {
      const { project } = await api.ask<{ project: { searchMemories: { pending: number } } }>(search, {
        id: projectId,
      });
      return project.searchMemories.pending === 0;
    });
    expect(await remembered(server.process.pid!, snapshots)).not.toEqual([]);

    for (const { id } of [saved.memory, saveMemory.memory]) {
      await api.mutate('deleteMemory', { id, version: 1 }, 'memory { id }');
      const { token } = await api.mutate<{ token: string }>('requestPurge', { id }, 'token');
      await api.mutate('purgeMemory', { id, version: 2, token }, 'memory { id }');
    }
    // Followers of the log read the purge a moment later.
    await until(async () => (await remembered(server.process.pid!, snapshots)).length === 0);
    // Its folder is removed when the test is over.
    await server.stop();
  },
);
