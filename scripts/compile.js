import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './lock.js';

// From wherever it is run: the working directory is its user's.
const ROOT = join(fileURLToPath(import.meta.url), '../..');
const DIST = join(ROOT, 'dist');
const BUNDLER = 'scripts/bundle.js';
const CONFIGURATION = ['package.json', 'tsconfig.json', 'tsconfig.build.json', 'tsconfig.server.json', BUNDLER];

/** What is compiled for whom: the server alone, which is what runs; or with it what tests, benchmarks and examples run. */
const PARTS = {
  server: { project: 'tsconfig.server.json', folders: ['src'] },
  all: {
    project: 'tsconfig.build.json',
    folders: ['src', 'bench', 'examples', 'test/support', 'test/migration/support', 'scripts'],
  },
};

/**
 * Compiles a part to dist when its sources or what was made of them aren't as they were after the last time. Always all
 * of its files, and without checking types, which takes a second or two; beside dist, and then put in its place, so that
 * a process that loads it meanwhile finds all of the old files or all of the new ones.
 * @param output where the compiler prints: a file descriptor. Left out: standard output.
 * @param isQuick whether to look at the sources only, and not at what was made of them: for what is started all the time
 */
export function compileIfStale(part, { output = 1, isQuick = false } = {}) {
  if (isFresh(part, isQuick)) return;
  try {
    mkdirSync(DIST, { recursive: true });
    withLock(join(DIST, '.compiling'), () => isFresh(part) || compile(part, output));
  } catch (error) {
    // It said itself what is wrong.
    if (error instanceof CompilerError) process.exit(1);
    if (!['EACCES', 'EPERM', 'EROFS'].includes(error.code)) throw error;
    stop(
      'Mooring has to be compiled, since its sources changed, and this user may not write to dist.',
      'Run it once as the user that the folder belongs to.',
    );
  }
}

class CompilerError extends Error {}

/** Compiles a part, whether it changed or not. */
function compile(part, output) {
  const { project, folders } = PARTS[part];
  const made = join(DIST, '.made');
  // The server is compiled with the rest. Sources of before: what is changed meanwhile may not have been seen.
  const parts = part === 'all' ? ['server', 'all'] : [part];
  const sources = parts.map((each) => sourcesOf(PARTS[each].folders));
  // A process that was killed while it compiled left its own.
  rmSync(made, { recursive: true, force: true });
  try {
    const tool = (...args) =>
      spawnSync(process.execPath, args, { cwd: ROOT, stdio: ['ignore', output, 'inherit'] }).status === 0;
    if (!tool(compiler(), '-p', project, '--outDir', made)) throw new CompilerError();
    // It only makes a start quicker: where the bundler doesn't run, it says so, and everything works.
    tool(join(ROOT, BUNDLER), join(made, 'src'));
    for (const each of Object.keys(PARTS)) rmSync(stampOf(each), { force: true });
    for (const folder of folders) put(join(made, folder), join(DIST, folder));
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
  for (const [n, each] of parts.entries()) writeFileSync(stampOf(each), stampText(sources[n], each));
}

/** Puts a folder in the place of another. */
function put(made, place) {
  const old = `${made}.old`;
  mkdirSync(dirname(place), { recursive: true });
  try {
    renameSync(place, old);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  renameSync(made, place);
}

const stampOf = (part) => join(DIST, `.${part}-compiled`);
const stampText = (sources, part) => JSON.stringify({ sources, compiled: compiledOf(PARTS[part].folders) });

function isFresh(part, isQuick = false) {
  try {
    const stamp = readFileSync(stampOf(part), 'utf8');
    const sources = sourcesOf(PARTS[part].folders);
    return isQuick ? stamp.startsWith(JSON.stringify({ sources }).slice(0, -1)) : stamp === stampText(sources, part);
  } catch {
    return false;
  }
}

/** What configures the compiler, and each source in the folders. */
const sourcesOf = (folders) => [...CONFIGURATION.map((name) => describe(ROOT, name)), ...list(folders, ROOT, '.ts')];
/** Everything that is where the folders are compiled to. */
const compiledOf = (folders) => list(folders, DIST, '');

/** The files in folders whose names end so: each with its size, and when it was changed. */
function list(folders, root, ending) {
  return folders
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => !entry.isDirectory() && entry.name.endsWith(ending))
    .map((entry) => describe(root, join(entry.parentPath ?? entry.path, entry.name).slice(root.length + 1)))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

function describe(root, name) {
  const { size, mtimeMs } = statSync(`${root}/${name}`);
  return [name, size, mtimeMs];
}

function compiler() {
  const require = createRequire(import.meta.url);
  try {
    const path = require.resolve('typescript/package.json');
    // The compiler itself is a package for each platform.
    createRequire(path).resolve(`@typescript/typescript-${process.platform}-${process.arch}/package.json`);
    return join(path, '../bin/tsc');
  } catch {
    return stop(
      'Mooring has to be compiled, and the compiler is missing.',
      'Run `npm install --include=dev --include=optional` first.',
    );
  }
}

function stop(...lines) {
  console.error(lines.join('\n'));
  process.exit(1);
}
