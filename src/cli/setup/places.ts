import { realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { packageRoot } from '../../util/own-package.js';
import { findCheckout } from '../../util/project-folders.js';
import { CliError, EXIT } from '../exit.js';
import { readUserEnvironment } from '../server.js';
import { requireUtf8 } from '../utf8.js';

/** The folders in which hosts look for their configuration, and the program that they are to run. */
export interface Places {
  /** The user's home directory. */
  readonly userHome: string;
  /** The root of the repository that the command runs in; outside of one, the working directory. */
  readonly project: string;
  /** Where Claude Code keeps all of its files; null: in `.claude.json` and `.claude` of the home directory. */
  readonly claudeHome: string | null;
  readonly codexHome: string;
  /** The profile of VS Code. */
  readonly codeHome: string;
  /** Mooring's own folder of the user. */
  readonly mooringHome: string;
  /** Absolute path of `mooring.js`. */
  readonly program: string;
}

/** @throws CliError when a path isn't UTF-8, or Mooring isn't where it was started from */
export async function findPlaces(): Promise<Places> {
  const { variable, mooringHome } = await readUserEnvironment();
  const userHome = homedir();
  const named = (name: string): string | null => {
    const value = variable(name);
    return value ? resolve(value) : null;
  };
  const places: Places = {
    userHome,
    project: findCheckout(process.cwd()) ?? process.cwd(),
    claudeHome: named('CLAUDE_CONFIG_DIR'),
    codexHome: named('CODEX_HOME') ?? join(userHome, '.codex'),
    codeHome: join(codeFolder(userHome, named), 'Code', 'User'),
    mooringHome,
    program: await programPath(),
  };
  for (const path of Object.values(places)) if (path !== null) requireUtf8('The path of a configuration', path);
  return places;
}

/** Where programs keep their settings on this system. */
function codeFolder(userHome: string, named: (name: string) => string | null): string {
  if (process.platform === 'win32') return named('APPDATA') ?? join(userHome, 'AppData', 'Roaming');
  if (process.platform === 'darwin') return join(userHome, 'Library', 'Application Support');
  return named('XDG_CONFIG_HOME') ?? join(userHome, '.config');
}

async function programPath(): Promise<string> {
  const root = packageRoot();
  if (root !== null) return realpath(join(root, 'bin', 'mooring.js'));
  throw new CliError(EXIT.failed, 'Mooring’s own folder isn’t found, so no host can be told to run it.');
}
