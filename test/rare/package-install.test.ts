import { cp, lstat, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describePackage } from '../contract/package.js';
import { emptyFolder, pack, plainEnvironment, ROOT, readManifest, run } from '../support/machine/package.js';

/** The size of a clone, without SQLite's compiled files. */
const MOST_PACKAGES = 230;
const MOST_MB = 560;

/** Bytes on the disk; links count as none. */
async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true });
  const sizes = await Promise.all(names.map(async (name) => (await lstat(join(folder, name))).blocks * 512));
  return sizes.reduce((sum, size) => sum + size, 0);
}

const inMegabytes = (bytes: number): number => Math.round(bytes / 2 ** 20);

describe('the package, installed from the registry', () => {
  let folder: Awaited<ReturnType<typeof emptyFolder>>;
  let installed: { readonly stderr: string };
  beforeAll(async () => {
    folder = await emptyFolder();
    const tarball = await pack(folder.path);
    const allowScripts = { 'better-sqlite3': true, usearch: true, protobufjs: false, 'onnxruntime-node': false };
    await writeFile(join(folder.path, 'package.json'), JSON.stringify({ private: true, allowScripts }));
    // As docs/installation.md says for npm 10, which doesn't ask.
    const env = { ...plainEnvironment, ONNXRUNTIME_NODE_INSTALL: 'skip' };
    installed = await run('npm', ['install', '--no-audit', '--no-fund', tarball], { cwd: folder.path, env });
    console.log(`installed: ${inMegabytes(await sizeOf(join(folder.path, 'node_modules')))} MB`);
  });
  afterAll(() => folder?.remove());

  it('is installed without a warning', () => {
    expect(installed.stderr).toBe('');
  });

  it('is run by npx', async () => {
    const { stdout } = await run('npx', ['mooring', '--version'], { cwd: folder.path, env: plainEnvironment });
    expect(stdout.trim()).toBe((await readManifest()).version);
  });

  describePackage(() => folder.path);
});

it('a clone is installed without a warning, and as light as docs/installation.md says', async () => {
  const folder = await emptyFolder();
  try {
    for (const name of ['package.json', 'package-lock.json', 'tools/stand-ins']) {
      await cp(join(ROOT, name), join(folder.path, name), { recursive: true });
    }
    const options = { cwd: folder.path, env: plainEnvironment };
    const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
    const { stdout, stderr } = await run('npm', args, options);
    expect(stderr).toBe('');
    expect(Number(/added (\d+) packages/.exec(stdout)?.[1])).toBeLessThanOrEqual(MOST_PACKAGES);
    expect(inMegabytes(await sizeOf(join(folder.path, 'node_modules')))).toBeLessThanOrEqual(MOST_MB);
  } finally {
    await folder.remove();
  }
});
