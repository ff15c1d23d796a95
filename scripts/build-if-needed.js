import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Compiles src to dist when something changed since the last time, so that `npm start` is quick when nothing did.

// From wherever it is run: the working directory is its user's.
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const STAMP = join(ROOT, 'dist/.tsbuildinfo');
const ENTRY = join(ROOT, 'dist/src/main.js');
const SOURCES = join(ROOT, 'src');

if (isStale()) build();

function isStale() {
  if (!existsSync(SOURCES)) return false;
  if (!existsSync(STAMP) || !existsSync(ENTRY)) return true;
  const built = statSync(STAMP).mtimeMs;
  const sources = readdirSync(SOURCES, { recursive: true }).map((name) => join(SOURCES, String(name)));
  const configuration = ['package.json', 'tsconfig.json', 'tsconfig.build.json'].map((name) => join(ROOT, name));
  return [...sources, ...configuration].some((path) => statSync(path).mtimeMs > built);
}

function build() {
  // With its notes but without its output, the compiler would think that there is nothing to do.
  if (!existsSync(ENTRY)) rmSync(STAMP, { force: true });
  const { status } = spawnSync(process.execPath, [compiler(), '-p', 'tsconfig.build.json'], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
  const now = new Date();
  utimesSync(STAMP, now, now);
}

function compiler() {
  try {
    return join(createRequire(import.meta.url).resolve('typescript/package.json'), '../bin/tsc');
  } catch {
    console.error('Mooring has to be compiled, and the compiler is missing.\nRun `npm install` first.');
    process.exit(1);
  }
}
