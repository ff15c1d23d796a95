import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { rolldown } from 'rolldown';

/**
 * What agents start over and over: each is put in one file with what it imports, since finding and reading hundreds of small
 * files is most of such a start. What is imported on demand stays where it is, and so does what is compiled for a machine.
 */
const ENTRIES = ['agents/mcp.js', 'agents/hook.js'];

const [folder] = process.argv.slice(2);
for (const entry of ENTRIES) if (existsSync(join(folder, entry))) await bundle(join(folder, entry));

/** Puts a compiled file and what it imports in its own place. */
async function bundle(input) {
  const made = `${input}.bundle`;
  const build = await rolldown({ input, platform: 'node', plugins: [lazyOutside()], onLog: report });
  try {
    await build.write({ dir: made, format: 'esm', entryFileNames: 'bundle.js', codeSplitting: false, sourcemap: true });
  } finally {
    await build.close();
  }
  for (const name of readdirSync(made))
    renameSync(join(made, name), input.replace(/\.js$/, name.slice('bundle'.length)));
  rmSync(made, { recursive: true });
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

function report(level, log, handle) {
  handle(level, log);
}
