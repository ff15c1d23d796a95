import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// From wherever it is run: the working directory is its user's.
const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** What is compiled for whom: the server alone, which is what runs; or with it what tests, benchmarks and examples run. */
const PARTS = {
  server: { project: 'tsconfig.server.json', folders: ['src'], stamps: ['server'] },
  all: {
    project: 'tsconfig.build.json',
    folders: ['src', 'bench', 'examples', 'test/support', 'scripts'],
    stamps: ['server', 'all'],
  },
};

/**
 * Compiles a part to dist when something of it changed since the last time. Always all of its files, and without checking
 * types: that takes a second or two, and leaves no notes of one part that aren't true any more once the other was compiled.
 */
export function compileIfStale(part) {
  if (!isStale(part)) return;
  const { project, folders, stamps } = PARTS[part];
  const start = new Date();
  const { status } = spawnSync(process.execPath, [compiler(), '-p', project], { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  for (const folder of folders) removeOrphans(folder);
  // Of the beginning: what was changed meanwhile may not have been seen.
  for (const path of stamps.map(stampOf)) {
    writeFileSync(path, '');
    utimesSync(path, start, start);
  }
}

/** Removes what was compiled of sources that are gone, so that nothing loads or publishes it. */
function removeOrphans(folder) {
  const compiled = join(ROOT, 'dist', folder);
  for (const name of readdirSync(compiled, { recursive: true }).map(String)) {
    const source = join(ROOT, folder, name.replace(/\.js(\.map)?$/, '.ts'));
    if (!existsSync(source)) rmSync(join(compiled, name), { recursive: true, force: true });
  }
}

const stampOf = (part) => join(ROOT, 'dist', `.${part}-compiled`);

function isStale(part) {
  const stamp = stampOf(part);
  if (!existsSync(stamp) || !existsSync(join(ROOT, 'dist/src/main.js'))) return true;
  const compiled = statSync(stamp).mtimeMs;
  const configuration = ['package.json', 'tsconfig.json', 'tsconfig.build.json', 'tsconfig.server.json'];
  const sources = PARTS[part].folders.flatMap((folder) => [
    folder,
    ...readdirSync(join(ROOT, folder), { recursive: true }).map((name) => join(folder, String(name))),
  ]);
  return [...configuration, ...sources].some((path) => statSync(join(ROOT, path)).mtimeMs > compiled);
}

function compiler() {
  try {
    return join(createRequire(import.meta.url).resolve('typescript/package.json'), '../bin/tsc');
  } catch {
    console.error('Mooring has to be compiled, and the compiler is missing.\nRun `npm install` first.');
    process.exit(1);
  }
}
