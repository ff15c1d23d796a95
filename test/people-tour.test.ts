import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { run } from './support/machine/package.js';
import { startMooring } from './support/machine/processes.js';

let data: string;
let server: Awaited<ReturnType<typeof startMooring>>;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'mooring-people-'));
  server = await startMooring(data, { HOST: '0.0.0.0' });
});
afterAll(async () => {
  await server?.stop();
  await rm(data, { recursive: true });
});

/** What differs from run to run: ids, keys and times. */
const masked = (text: string) =>
  text
    .replace(/\b(prj|usr|key)_[0-9a-z]{26}/g, '$1_…')
    .replace(/\bmor_\w+…?/g, 'mor_…')
    .replace(/http:\/\/[\d.:]+(\/link\?token=mlk_)[\w…-]+/g, '$1…')
    .replace(/ends with \w{4}/g, 'ends with …')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '…');

it('the commands of "People and keys" in README.md print the output shown there', async () => {
  const readme = await readFile('README.md', 'utf8');
  const [, section = ''] = readme.split(/^## People and keys$|^## Connecting a client$/m);
  const blocks = [...section.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language, text]) => ({
    isRun: language === 'sh',
    text: text!,
  }));
  const script = blocks.filter(({ isRun }) => isRun).map(({ text }) => text);
  const printed = blocks.filter(({ isRun }) => !isRun).map(({ text }) => text);
  expect([script.length, printed.length]).toEqual([3, 3]);
  // What is said of new keys, which only people read, isn't shown.
  const notes = ['This is the only time', 'laptop (', 'agent (', 'It counts once']
    .map((text) => `-e '^${text}'`)
    .join(' ');
  const program = `mooring() { node bin/mooring.js "$@" 2>&1 | grep -v ${notes}; }\n`;
  const commands = script.join('').replaceAll('npx mooring', 'mooring').replaceAll('http://127.0.0.1:4000', server.url);
  const env = { ...process.env, MOORING_DATA: data, XDG_CONFIG_HOME: join(data, 'config') };
  const { stdout } = await run('bash', ['-c', program + commands], { env });
  expect(masked(stdout)).toBe(masked(printed.join('')));
});
