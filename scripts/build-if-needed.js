import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Compiles src to dist when something changed since the last time, so that `npm start` is quick when nothing did.

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const STAMP = 'dist/.tsbuildinfo';
const ENTRY = 'dist/src/main.js';

if (isStale()) build();

function isStale() {
  if (!existsSync('src')) return false;
  if (!existsSync(STAMP) || !existsSync(ENTRY)) return true;
  const built = statSync(STAMP).mtimeMs;
  const sources = readdirSync('src', { recursive: true }).map((name) => join('src', String(name)));
  return [...sources, 'package.json', 'tsconfig.json', 'tsconfig.build.json'].some(
    (path) => statSync(path).mtimeMs > built,
  );
}

function build() {
  // With its notes but without its output, the compiler would think that there is nothing to do.
  if (!existsSync(ENTRY)) rmSync(STAMP, { force: true });
  const { status } = spawnSync(process.execPath, [compiler(), '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
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
