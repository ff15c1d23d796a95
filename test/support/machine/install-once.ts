import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { isRunning } from '../../../src/config/presence.js';
import { run } from './package.js';

/** What only tests and benchmarks install, and what their servers store. Left out of the repository. */
export const TEST_FOLDER = join(process.cwd(), '.mooring-test');

/** How long an installation may take, in ms. */
export const INSTALL_DEADLINE = 300_000;
/** Written last, with the version: a folder without it is incomplete, and one of another version is outdated. */
const COMPLETE = 'complete';

/**
 * The folder that `install` filled, which is called when none of this version exists. Processes that want it at once
 * wait for one of them. @throws what `install` throws
 */
export async function installOnce(
  name: string,
  version: string,
  install: (home: string) => Promise<unknown>,
): Promise<string> {
  const home = join(TEST_FOLDER, name);
  const isInstalled = async () => (await readFile(join(home, COMPLETE), 'utf8').catch(() => null)) === version;
  if (await isInstalled()) return home;
  await mkdir(TEST_FOLDER, { recursive: true });
  const release = await lock(join(TEST_FOLDER, `${name}.lock`));
  try {
    if (await isInstalled()) return home;
    await rm(home, { recursive: true, force: true });
    await install(home);
    await writeFile(join(home, COMPLETE), version);
    return home;
  } finally {
    await release();
  }
}

/** A package of the npm registry. */
export interface PinnedPackage {
  readonly name: string;
  readonly version: string;
  /** Of its tarball, as a lockfile has it. */
  readonly integrity: string;
}

/** The folder of a package's files, without its dependencies. @throws Error with the reason when it can't be had */
export async function installPackage({ name, version, integrity }: PinnedPackage): Promise<string> {
  try {
    return await installOnce(name.replace('/', '+'), version, async (home) => {
      await mkdir(home, { recursive: true });
      const options = { timeout: INSTALL_DEADLINE, shell: process.platform === 'win32' };
      const packed = await run('npm', ['pack', '--silent', `${name}@${version}`, '--pack-destination', home], options);
      const tarball = join(home, packed.stdout.trim());
      const found = `sha512-${createHash('sha512')
        .update(await readFile(tarball))
        .digest('base64')}`;
      if (found !== integrity) throw new Error(`its checksum is ${found}, not ${integrity}`);
      await run('tar', ['-xzf', tarball, '-C', home, '--strip-components', '1'], options);
      await rm(tarball);
    });
  } catch (error) {
    throw new Error(`${name} ${version} could not be installed: ${reasonOf(error)}`, { cause: error });
  }
}

/** The first lines of an error. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.trim().split('\n', 2).join(' ') : String(error);
}

/** Waits while another live process installs. A lock whose process is gone is taken over. */
async function lock(path: string): Promise<() => Promise<void>> {
  for (;;) {
    try {
      const file = await open(path, 'wx');
      await file.writeFile(String(process.pid));
      await file.close();
      return () => rm(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = Number(await readFile(path, 'utf8').catch(() => ''));
    if (holder > 0 && !isRunning(holder)) await rm(path, { force: true });
    else await wait(100);
  }
}
