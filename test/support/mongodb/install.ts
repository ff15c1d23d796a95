import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { reasonOf } from '../machine/install-once.js';
import { installPython } from '../machine/python.js';

export { TEST_FOLDER } from '../machine/install-once.js';

/** Where tests get a server from that speaks MongoDB's protocol. */

/**
 * SecantusDB: MongoDB's protocol over MongoDB's own storage engine, as a Python package. GPL-2.0-only, so it stays a
 * process of its own and is no part of the product.
 */
const SECANTUS = 'secantusdb==0.7.0b3';

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
  try {
    return join(await installPython('secantus', SECANTUS), 'secantusd-py');
  } catch (error) {
    const why = `no mongod is on the PATH, and SecantusDB could not be installed: ${reasonOf(error)}`;
    throw new Error(why, { cause: error });
  }
}
