import { join } from 'node:path';
import { INSTALL_DEADLINE, installOnce } from './install-once.js';
import { run } from './package.js';

/**
 * The folder of programs of a Python package, installed with what it needs in an environment of its own.
 * @param pinned such as `secantusdb==0.7.0b3`
 * @throws Error when there is no Python, or the package can't be had
 */
export async function installPython(name: string, pinned: string): Promise<string> {
  const home = await installOnce(name, pinned, async (folder) => {
    await run('python3', ['-m', 'venv', folder]);
    await run(join(folder, 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', pinned], {
      timeout: INSTALL_DEADLINE,
    });
  });
  return join(home, 'bin');
}
