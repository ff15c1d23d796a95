import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const HERE = fileURLToPath(new URL('.', import.meta.url));
const INSTALLED = join(HERE, 'node_modules/.installed-lock');

/** Installs the generator here when it isn't, or its lock changed since. Ends the process when that fails. */
export function installIfStale() {
  const lock = readFileSync(join(HERE, 'package-lock.json'), 'utf8');
  if (existsSync(INSTALLED) && readFileSync(INSTALLED, 'utf8') === lock) return;
  console.log('Installing the generator of types in tools/codegen, once.');
  // Some of its packages ask for a newer Node than they need.
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const options = { cwd: HERE, stdio: 'inherit', shell: process.platform === 'win32' };
  const { status, error } = spawnSync('npm', args, options);
  if (error || status !== 0) {
    console.error(
      'The generator of types could not be installed in tools/codegen: npm says why. Run this again after that.',
    );
    if (error) console.error(error);
    process.exit(1);
  }
  writeFileSync(INSTALLED, lock);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) installIfStale();
