import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { run } from './support/machine/package.js';
import { startMooring } from './support/machine/processes.js';

let data: string;
let server: Awaited<ReturnType<typeof startMooring>>;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'mooring-tour-'));
  server = await startMooring(data);
});
afterAll(async () => {
  await server?.stop();
  await rm(data, { recursive: true });
});

it('the tour shows what a project, its tasks and its memories do', async () => {
  const env = { ...process.env, MOORING_URL: server.url };
  const { stdout } = await run(process.execPath, ['dist/examples/tour.js'], { env });
  expect(stdout).toContain('created Lighthouse in LOCAL');
  expect(stdout).toContain(
    '"how long until it is released?" → The deployment to the staging cluster takes about four minutes.',
  );
  expect(stdout).toMatch(/task is DONE at version 2\nand back to BACKLOG at version 3/);
  expect(stdout).toMatch(/7 REVERT tasks tsk_\w+ v3 by tour/);
  expect(stdout).toMatch(
    /ada claims ".*", which is IN_PROGRESS\nnothing is ready for bob\nada completes it: Errors name the line\.\nbob claims "Release it", which is IN_PROGRESS\n$/,
  );
});

/** Waits for the vectors of the memories: without them, the tour asks to repeat the search. */
const SETTLED = `until gql "{ project(by: { id: \\"$PROJECT\\" }) { searchIndex { pending } } }" | grep -q '"pending":0'; do sleep 0.1; done\n`;

/** What differs from run to run: ids, and the last digits of a similarity. */
const masked = (text: string) =>
  text
    .replace(/\b(prj|tsk|mem)_[0-9a-z]{26}/g, '$1_…')
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d/g, '…')
    .replace(/("similarity":0\.\d)\d+/g, '$1');

it('the commands in README.md print the output shown there', async () => {
  const readme = await readFile('README.md', 'utf8');
  // Without the subscription, which prints for ten seconds, in no fixed order.
  const [, before = '', , after = ''] = readme.split(
    /^## A tour$|^(?=\*\*Subscribe\.)|^(?=\*\*Two agents )|^## For agents/m,
  );
  const tour = before + after;
  const blocks = [...tour.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language, text]) => ({
    language,
    text: text!,
  }));
  const commands = blocks.filter(({ language }) => language === 'sh').map(({ text }) => text);
  const printed = blocks.filter(({ language }) => language !== 'sh').map(({ text }) => text);
  const script = commands.map((text) => (text.includes('saveMemories') ? text + SETTLED : text)).join('');
  expect(commands.length).toBeGreaterThan(5);
  const { stdout } = await run('bash', ['-c', script.replaceAll('http://127.0.0.1:4000', server.url)]);
  expect(masked(stdout)).toBe(masked(printed.join('')));
});

it('the session of an agent is played by the official client, and README.md shows a part of it', async () => {
  const { stdout } = await run(process.execPath, ['dist/examples/agent.js']);
  const readme = await readFile('README.md', 'utf8');
  const [shown] = /^→ [\s\S]*?(?=^```$)/m.exec(readme) ?? [];
  expect(masked(stdout)).toContain(masked(shown!));
  expect(stdout).toMatch(/^→ claim_task \{\}\nClaimed by example-agent until /m);
  expect(stdout).toMatch(/^→ search .*\nmem_\w+ · .* · parseConfigFile\(\) swallows the line number\.$/m);
  expect(stdout).toMatch(/^→ undo .*\nUndone: mem_\w+ was created, and is deleted now\.$/m);
  const overHttp = await run(process.execPath, ['dist/examples/agent.js', server.url]);
  expect(overHttp.stdout.match(/^→ /gm)).toEqual(stdout.match(/^→ /gm));
});
