import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, createApi } from '../support/api.js';
import { type Running, startMooring } from '../support/machine/processes.js';
import { runHere } from './in-process.js';
import { dataFolder } from './support.js';

/** Joined here, so that no scanner of sources takes it for a real one. */
const SECRET = `ghp${'_'}${'AaB3dE5gH7jK9mN1pQ2sT4vW6xY8zC0fL4kR'}`;

let data: Awaited<ReturnType<typeof dataFolder>>;
let server: Running;
let api: Api;
let projectId: string;
beforeAll(async () => {
  data = await dataFolder();
  server = await startMooring(data.path, { MOORING_SECRETS: 'off' });
  api = createApi(server.url);
  projectId = await api.createProject({ name: 'Harbour', path: data.path });
});
afterAll(async () => {
  await server.stop();
  await data.remove();
});

const scan = (...args: string[]) => runHere({ data: data.path }, 'secrets', 'scan', ...args);
const save = (content: string) => api.mutate('saveMemory', { projectId, role: 'USER', content }, 'memory { id }');

test('secrets scan finds secrets, replaces them once that is confirmed, and says by its exit code what is left', async () => {
  await save('nothing');
  expect(await scan()).toMatchObject({ code: 0, stdout: expect.stringContaining('no secrets were found') });
  await save(`use ${SECRET}`);
  const found = await scan('--project', projectId);
  expect(found.code).toBe(9);
  expect(found.stdout).toMatch(/mem_\w+ +content +github-token +1 +record +0\n/);
  expect(found.stdout).toContain('github-token: in 1 record, 0 entries of the log');
  expect(found.stderr).toContain('--redact');

  const asked = await scan('--redact');
  expect(asked).toMatchObject({ code: 5, stderr: expect.stringContaining('--yes') });
  const redacted = await scan('--redact', '--yes');
  expect(redacted).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('redacted 1 record and 1 entry of the log'),
  });
  const again = await scan('--json');
  expect(again.code).toBe(0);
  expect(again.lines()).toMatchObject([{ projectId, recordsScanned: 3, entriesScanned: 4, findings: [], rules: [] }]);
  for (const { stdout, stderr } of [found, asked, redacted, again]) expect(stdout + stderr).not.toContain('ghp_');
});
