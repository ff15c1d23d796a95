import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const INSTALLED = join(HERE, 'node_modules/.installed-lock');

// Makes the types of clients from schema.graphql; with `--check` only says whether they differ.
installIfStale();
const program = ['node_modules/@graphql-codegen/cli/esm/bin.js', '--config', 'config.ts', ...process.argv.slice(2)];
const { status, error } = spawnSync(process.execPath, program, { cwd: HERE, stdio: 'inherit' });
if (error) throw error;
process.exitCode = status ?? 1;

/** Installs the generator here when it isn't, or its lock changed since. Ends the process when that fails. */
function installIfStale() {
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
