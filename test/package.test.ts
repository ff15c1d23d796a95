import { existsSync } from 'node:fs';
import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describePackage } from './contract/package.js';
import { emptyFolder, filesOf, installFromClone, pack, run } from './support/machine/package.js';

/** What compiled files share that are started. */
const CHUNKS = 'dist/src/chunks/';

/** What is published, with the clone's dependencies: `rare/package-install.test.ts` installs them from the registry. */
let folder: Awaited<ReturnType<typeof emptyFolder>>;
let files: readonly string[];
beforeAll(async () => {
  folder = await emptyFolder();
  const tarball = await pack(folder.path);
  files = await filesOf(tarball);
  await installFromClone(tarball, folder.path);
});
afterAll(() => folder?.remove());

it('has the program, what clients need and what users read, and nothing else', () => {
  const top = new Set(
    files.map((path) =>
      path
        .split('/')
        .slice(0, path.startsWith('dist/') ? 2 : 1)
        .join('/'),
    ),
  );
  expect([...top].sort()).toEqual(
    [
      '.env.example',
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'bin',
      'client',
      'dist/src',
      'docs',
      'models',
      'package.json',
      'schema.graphql',
    ].sort(),
  );
});

it('has the pages of docs that README.md links to, and no others', async () => {
  const links = [...(await readFile('README.md', 'utf8')).matchAll(/\]\((docs\/[^)#]+)/g)].map(([, path]) => path!);
  expect(links.length).toBeGreaterThan(10);
  expect(files.filter((path) => path.startsWith('docs/')).sort()).toEqual([...new Set(links)].sort());
});

it('has nothing that isn’t in the repository, except compiled files', async () => {
  const { stdout } = await run('git', ['ls-files']);
  const tracked = new Set(stdout.split('\n'));
  expect(files.filter((path) => !path.startsWith('dist/') && !tracked.has(path))).toEqual([]);
});

it('has no compiled file whose source is gone', () => {
  const compiled = files.filter((path) => path.startsWith('dist/') && !path.startsWith(CHUNKS));
  expect(compiled.length).toBeGreaterThan(100);
  expect(compiled.filter((path) => !existsSync(path.slice('dist/'.length).replace(/\.js$/, '.ts')))).toEqual([]);
});

it('loads what it starts from few files', async () => {
  expect(files.some((path) => path.startsWith(CHUNKS))).toBe(true);
  for (const entry of ['main.js', 'cli/run.js', 'agents/host.js']) {
    const text = await readFile(join(folder.path, 'node_modules/mooring/dist/src', entry), 'utf8');
    const own = [...text.matchAll(/^import .*"(\.[^"]+)"/gm)].map(([, path]) => path);
    expect(own.filter((path) => !path!.includes('chunks/'))).toEqual([]);
  }
});

it('reports that it was packed without the compiled program', async () => {
  const bare = await emptyFolder();
  try {
    for (const name of ['bin', 'package.json'])
      await cp(join(folder.path, 'node_modules/mooring', name), join(bare.path, name), { recursive: true });
    const started = run(process.execPath, ['bin/mooring.js', '--version'], { cwd: bare.path });
    await expect(started).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^This package[\s\S]*npm pack/),
    });
  } finally {
    await bare.remove();
  }
});

describePackage(() => folder.path);
