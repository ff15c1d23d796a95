import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, posix, relative, resolve, sep } from 'node:path';
import { rolldown } from 'rolldown';

/**
 * Finding and reading hundreds of small files is most of a start, so what is started is put in few. What agents start over and
 * over is in one file each, with the packages that it imports; what they import on demand stays where it is.
 */
const FOR_AGENTS = ['agents/mcp.js', 'agents/hook.js'];
/** The server and the command line share files, and each loads those of what it does. */
const PROGRAM = ['main.js', 'cli/run.js', 'agents/host.js'];
/** Packages of many small files. Others stay outside, above all those that are compiled for a machine or must exist once. */
const INSIDE = /^(zod|@pothos\/)/;

const folder = resolve(process.argv[2]);
for (const entry of FOR_AGENTS) if (existsSync(join(folder, entry))) await bundleForAgent(join(folder, entry));
await bundleProgram(PROGRAM.filter((entry) => existsSync(join(folder, entry))));

/** Puts a compiled file and what it imports in its own place. */
async function bundleForAgent(input) {
  const made = `${input}.bundle`;
  const options = { format: 'esm', entryFileNames: 'bundle.js', codeSplitting: false, sourcemap: true };
  await build({ input, plugins: [lazyOutside()] }, { ...options, dir: made });
  for (const name of readdirSync(made))
    renameSync(join(made, name), input.replace(/\.js$/, name.slice('bundle'.length)));
  rmSync(made, { recursive: true });
}

/** Puts the program's files in their own places, and what they share into `chunks`. */
async function bundleProgram(entries) {
  if (entries.length === 0) return;
  const input = Object.fromEntries(entries.map((entry) => [entry, join(folder, entry)]));
  const names = { entryFileNames: '[name]', chunkFileNames: 'chunks/[name]-[hash].js' };
  await build({ input, plugins: [packagesOutside(), ownUrls()] }, { format: 'esm', ...names, dir: folder });
}

async function build(input, output) {
  const bundle = await rolldown({ ...input, platform: 'node', onLog: report });
  try {
    await bundle.write(output);
  } finally {
    await bundle.close();
  }
}

/** Leaves what is imported on demand outside. */
function lazyOutside() {
  return {
    name: 'lazy-outside',
    resolveId(id, importer, { kind }) {
      if (kind !== 'dynamic-import') return null;
      return { id: id.startsWith('.') ? resolve(dirname(importer), id) : id, external: true };
    },
  };
}

function packagesOutside() {
  return {
    name: 'packages-outside',
    resolveId: (id, importer) => (!importer || id.startsWith('.') || INSIDE.test(id) ? null : { id, external: true }),
  };
}

/** Lets a module go on knowing its own place, from which it finds its threads and the package's files. */
function ownUrls() {
  const placeholder = '__ownUrl';
  return {
    name: 'own-urls',
    transform(code, id) {
      if (!id.startsWith(folder) || !code.includes('import.meta.url')) return null;
      const own = JSON.stringify(relative(folder, id).split(sep).join('/'));
      return { code: code.replaceAll('import.meta.url', `${placeholder}(${own})`) };
    },
    renderChunk: (code, { fileName }) =>
      code.replaceAll(new RegExp(`${placeholder}\\("([^"]+)"\\)`, 'g'), (_, own) => {
        const from = posix.relative(posix.dirname(fileName), own);
        return `new URL(${JSON.stringify(from.startsWith('.') ? from : `./${from}`)}, import.meta.url).href`;
      }),
  };
}

function report(level, log, handle) {
  handle(level, log);
}
