import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** What is published, packed and installed as its users have it. */

export const run = promisify(execFile);
export const ROOT = process.cwd();

/** What npm tells the programs that it runs, without how a registry is reached from here. */
const OF_NPM = /^npm_(?!config_(registry|cache|cafile|userconfig|globalconfig|.*proxy)$)/i;

/** Without what npm tells the programs that it runs: another npm within would take that for its own settings. */
export const plainEnvironment: NodeJS.ProcessEnv = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !OF_NPM.test(name))),
  // It sometimes announces a newer npm.
  npm_config_update_notifier: 'false',
};

/** The parts of package.json that tests read. */
export interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

export async function readManifest(): Promise<Manifest> {
  return JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as Manifest;
}

/** On a disk, from which programs may be run. */
const DISK = existsSync('/var/tmp') ? '/var/tmp' : tmpdir();

/** A folder without a package in any parent. */
export async function emptyFolder(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(DISK, 'mooring-package-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Packs the package into a folder. @returns the tarball's path */
export async function pack(folder: string): Promise<string> {
  const { stdout } = await run('npm', ['pack', '--silent', '--pack-destination', folder], { env: plainEnvironment });
  return join(folder, stdout.trim().split('\n').at(-1)!);
}

/** Paths of a tarball's files, within the package. */
export async function filesOf(tarball: string): Promise<readonly string[]> {
  const { stdout } = await run('tar', ['-tzf', tarball]);
  return stdout
    .trim()
    .split('\n')
    .map((path) => path.replace(/^package\//, ''));
}

/** Unpacks a tarball into `node_modules` of a folder, with the clone's copies of exactly the packages that it depends on. */
export async function installFromClone(tarball: string, folder: string): Promise<void> {
  const modules = join(folder, 'node_modules');
  await mkdir(join(modules, 'mooring'), { recursive: true });
  await run('tar', ['-xzf', tarball, '-C', join(modules, 'mooring'), '--strip-components', '1']);
  for (const name of Object.keys((await readManifest()).dependencies)) {
    await mkdir(dirname(join(modules, name)), { recursive: true });
    await symlink(join(ROOT, 'node_modules', name), join(modules, name));
  }
  await mkdir(join(modules, '.bin'));
  await symlink('../mooring/bin/mooring.js', join(modules, '.bin/mooring'));
}
