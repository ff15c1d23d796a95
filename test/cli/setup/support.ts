import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Output } from '../../../src/cli/output.js';
import { add, undo } from '../../../src/cli/setup/actions.js';
import { HOST, type HostName, type Scope } from '../../../src/cli/setup/hosts.js';
import type { Places } from '../../../src/cli/setup/places.js';
import type { Request } from '../../../src/cli/setup/request.js';
import { makeFolder } from '../../support/temporary.js';

export const PROGRAM = '/opt/mooring/bin/mooring.js';

/** A user's home and a repository, and setup for them. */
export interface Desk {
  readonly places: Places;
  /** What setup printed last. */
  readonly printed: () => string;
  add(name: HostName, scope?: Scope, changes?: Partial<Request>): Promise<void>;
  undo(name: HostName, scope?: Scope, changes?: Partial<Request>): Promise<void>;
  /** Of files in the home (`~/…`) or in the repository. */
  put(path: string, text: string | Buffer): Promise<string>;
  get(path: string): Promise<string | null>;
  at(path: string): string;
  /** The files in which setup remembers what it wrote. */
  notes(): Promise<string[]>;
  damageNotes(): Promise<void>;
}

export async function makeDesk(): Promise<Desk> {
  const folder = await makeFolder();
  const userHome = join(folder, 'home');
  const project = join(folder, 'repo');
  const places: Places = {
    ...{ userHome, project, claudeHome: null, program: PROGRAM },
    codexHome: join(userHome, '.codex'),
    codeHome: join(userHome, '.config', 'Code', 'User'),
    mooringHome: join(userHome, '.mooring'),
  };
  await mkdir(userHome);
  await mkdir(project);
  let printed: string[] = [];
  const request = (name: HostName, scope: Scope, changes: Partial<Request>): Request => {
    printed = [];
    const session = { output: createRecorder(printed), url: null };
    return { session, name, host: HOST[name], places, scope, capture: null, isConfirmed: true, ...changes };
  };
  const at = (path: string) => (path.startsWith('~/') ? join(userHome, path.slice(2)) : join(project, path));
  const notes = async () =>
    (await readdir(at('~/.mooring/setup')).catch(() => [])).map((name) => `~/.mooring/setup/${name}`);
  return {
    ...{ places, at },
    printed: () => printed.join('\n'),
    add: (name, scope = 'user', changes = {}) => add(request(name, scope, changes)),
    undo: (name, scope = 'user', changes = {}) => undo(request(name, scope, changes)),
    async put(path, text) {
      await mkdir(dirname(at(path)), { recursive: true });
      await writeFile(at(path), text);
      return at(path);
    },
    get: (path) => readFile(at(path), 'utf8').catch(() => null),
    notes,
    async damageNotes() {
      for (const note of await notes()) await writeFile(at(note), '{ damaged');
    },
  };
}

function createRecorder(printed: string[]): Output {
  return {
    ...{ isJson: false, canAsk: false, canDraw: false },
    line: (text = '') => void printed.push(text),
    note: (text) => void printed.push(text),
    json: () => undefined,
    document: async () => undefined,
    error: () => undefined,
    style: (_, text) => text,
  };
}
