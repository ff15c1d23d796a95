import { type ChildProcess, spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterEach, describe, expect, it } from 'vitest';
import { askServer } from '../support/api.js';
import { plainEnvironment, ROOT, readManifest, run } from '../support/machine/package.js';
import { listening, type Running } from '../support/machine/processes.js';

/** What the package promises to those who installed it into `folder`, without Chroma's client. */
export function describePackage(folder: () => string): void {
  const program = () => join(folder(), 'node_modules/.bin/mooring');
  const environment = (more: Readonly<Record<string, string>> = {}) => ({
    ...plainEnvironment,
    MOORING_DATA: join(folder(), 'data'),
    MOORING_LOG_LEVEL: 'info',
    PORT: '0',
    ...more,
  });

  let server: Running | null = null;
  let logged = '';
  afterEach(async () => {
    await server?.stop();
    server = null;
  });

  async function serve(more: Readonly<Record<string, string>> = {}): Promise<string> {
    const options = { cwd: folder(), env: environment(more), stdio: 'pipe' as const };
    const child: ChildProcess = spawn(program(), ['serve'], options);
    child.stderr!.pipe(process.stderr);
    logged = '';
    child.stdout!.on('data', (text) => {
      logged += text;
    });
    server = await listening(child);
    return server.url;
  }

  const createProject = (url: string, name: string) =>
    askServer<{ createProject: { project: { id: string } } }>(
      url,
      'mutation C($name: String!) { createProject(input: { name: $name }) { ... on CreateProjectPayload { project { id } } } }',
      { name },
    );

  it('prints its version', async () => {
    const { stdout } = await run(program(), ['--version'], { cwd: folder(), env: environment() });
    expect(stdout.trim()).toBe((await readManifest()).version);
  });

  it('serves, finds what was saved by its meaning, and lists its projects from the command line', async () => {
    const url = await serve();
    expect((await fetch(`${url}/health`)).status).toBe(200);
    const { createProject: created } = await createProject(url, 'Lighthouse');
    const projectId = created.project.id;
    const content = 'The deployment to the staging cluster takes about four minutes.';
    const saved = await askServer<{ saveMemory: { memory: { content: string } } }>(
      url,
      'mutation S($input: SaveMemoryInput!) { saveMemory(input: $input) { ... on SaveMemoryPayload { memory { content } } } }',
      { input: { projectId, role: 'USER', content } },
    );
    expect(saved.saveMemory.memory.content).toBe(content);
    const search = `query F($id: ID!) { project(by: { id: $id }) {
      searchMemories(query: "how long until it is released?", mode: VECTOR) { hits { node { content } } } } }`;
    const found = () =>
      askServer<{ project: { searchMemories: { hits: readonly unknown[] } } }>(url, search, { id: projectId });
    await expect.poll(async () => (await found()).project.searchMemories.hits).toEqual([{ node: { content } }]);

    const { stdout } = await run(program(), ['projects', 'list'], { cwd: folder(), env: environment() });
    expect(stdout).toContain('Lighthouse');
  });

  it('serves an agent, and takes what its hooks report', async () => {
    const env = defined(environment());
    const options = { command: program(), args: ['mcp'], env, cwd: folder(), stderr: 'ignore' as const };
    const client = new Client({ name: 'test', version: '1' });
    await client.connect(new StdioClientTransport(options));
    const { content } = await client.callTool({ name: 'project', arguments: { create: 'Breakwater' } });
    expect(JSON.stringify(content)).toContain('Breakwater');
    await client.close();
    const hook = run(program(), ['hook'], { cwd: folder(), env: environment() });
    hook.child.stdin!.end('{"hook_event_name":"Stop","session_id":"s","cwd":"/"}');
    expect(await hook).toEqual({ stdout: '', stderr: '' });
  });

  it('continues without Chroma where its client is missing, and says how to add it', async () => {
    const url = await serve({ CHROMA_URL: 'http://127.0.0.1:1' });
    expect(logged).toContain("the package chromadb, isn't installed");
    expect((await createProject(url, 'Pier')).createProject.project.id).toMatch(/^prj_/);
    const { storageHealth } = await askServer<{
      storageHealth: readonly { ok: boolean; problems: readonly string[] }[];
    }>(url, '{ storageHealth(mode: LOCAL) { ok problems } }');
    const range = (await readManifest()).peerDependencies.chromadb;
    expect(storageHealth).toEqual([
      { ok: false, problems: [expect.stringMatching(/chromadb, isn't installed.*Run `npm install chromadb@/)] },
    ]);
    expect(storageHealth[0]!.problems[0]).toContain(`\`npm install chromadb@${range}\``);
  });

  describe('for clients', () => {
    it.each([
      ['NodeNext', 'mts'],
      ['NodeNext', 'cts'],
      ['Node16', 'cts'],
    ])('exports types that TypeScript accepts, with modules of %s in .%s', async (module, ending) => {
      await writeFile(join(folder(), `client.${ending}`), CLIENT);
      const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
      const options = ['--noEmit', '--strict', '--types', '', '--module', module, '--target', 'ES2022'];
      const checked = run(process.execPath, [tsc, ...options, `client.${ending}`], { cwd: folder() });
      // What it doesn't accept is reported on standard output.
      const problems = await checked.then(
        () => null,
        (error: Error & { stdout: string }) => error.stdout || error.message,
      );
      expect(problems).toBeNull();
    });

    it('exports the schema', async () => {
      const path = createRequire(join(folder(), 'client.mjs')).resolve('mooring/schema.graphql');
      expect(await readFile(path, 'utf8')).toBe(await readFile('schema.graphql', 'utf8'));
    });
  });
}

/** The variables that have a value. */
function defined(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter((entry): entry is [string, string] => !!entry[1]));
}

const CLIENT = `
import type { CreateTaskInput, ErrorCode, Scalars, Task, UpdateTaskResult } from 'mooring/client';

export const input: CreateTaskInput = { projectId: 'prj_1', title: 'Say which line is wrong', priority: 'HIGH' };
export const titleOf = (task: Task): string => task.title;
export const since: Scalars['DateTime']['input'] = '2026-01-31T09:30:00Z';
export function codeOf(result: UpdateTaskResult): ErrorCode | null {
  return 'code' in result ? result.code : null;
}
// @ts-expect-error: it has no such priority
export const wrong: CreateTaskInput = { projectId: 'prj_1', title: '', priority: 'WHENEVER' };
`;
