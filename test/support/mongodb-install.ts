import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

/** Where tests get a server from that speaks MongoDB's protocol. */

const run = promisify(execFile);

/** Of the tests alone: what they install and what their servers store. Left out of the repository. */
export const TEST_FOLDER = join(process.cwd(), '.mooring-test');

/**
 * SecantusDB: MongoDB's protocol over MongoDB's own storage engine, as a Python package. GPL-2.0-only, so it stays a
 * process of its own and is no part of the product.
 */
const SECANTUS = 'secantusdb==0.7.0b3';
/** Written last: a folder without it is a half install. */
const COMPLETE = 'complete';
const INSTALL_DEADLINE = 300_000;

/** A program that can be started as a server. */
export interface MongoProgram {
  readonly kind: 'mongod' | 'secantus';
  readonly path: string;
}

/** The `mongod` on the PATH, else SecantusDB, installed on first use. @throws Error with the reason when neither can be had */
export async function findMongo(): Promise<MongoProgram> {
  const found = (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'mongod'))
    .find((path) => existsSync(path));
  return found ? { kind: 'mongod', path: found } : { kind: 'secantus', path: await installSecantus() };
}

async function installSecantus(): Promise<string> {
  const home = join(TEST_FOLDER, 'secantus');
  const program = join(home, 'bin', 'secantusd-py');
  const isInstalled = () => existsSync(join(home, COMPLETE));
  if (isInstalled()) return program;
  await mkdir(TEST_FOLDER, { recursive: true });
  const release = await lock(join(TEST_FOLDER, 'install.lock'));
  try {
    if (isInstalled()) return program;
    await rm(home, { recursive: true, force: true });
    await run('python3', ['-m', 'venv', home]);
    await run(join(home, 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', SECANTUS], {
      timeout: INSTALL_DEADLINE,
    });
    await writeFile(join(home, COMPLETE), SECANTUS);
    return program;
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n', 2).join(' ') : String(error);
    throw new Error(`no mongod is on the PATH, and SecantusDB could not be installed: ${why}`, { cause: error });
  } finally {
    await release();
  }
}

/** Waits until nobody else installs. A lock whose process is gone is taken over. */
async function lock(path: string): Promise<() => Promise<void>> {
  const deadline = Date.now() + INSTALL_DEADLINE;
  for (;;) {
    try {
      const file = await open(path, 'wx');
      await file.writeFile(String(process.pid));
      await file.close();
      return () => rm(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || Date.now() > deadline) throw error;
    }
    const holder = Number(await readFile(path, 'utf8').catch(() => ''));
    if (holder > 0 && !isAlive(holder)) await rm(path, { force: true });
    else await wait(100);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
