#!/usr/bin/env node
import { existsSync } from 'node:fs';

// In a clone, what changed is compiled first; as installed, there is nothing to compile.
if (existsSync(new URL('../src', import.meta.url))) {
  const { compileIfStale } = await import('../scripts/compile.js');
  compileIfStale('server');
}

if (!existsSync(new URL('../dist/src/cli/run.js', import.meta.url))) {
  console.error(
    'This package of Mooring was made without the compiled program: its folder dist is missing.\n' +
      'Make it again in a clone with `npm pack`, without `--ignore-scripts`, and install that.',
  );
  process.exit(1);
}

const { run } = await import('../dist/src/cli/run.js');
await run(process.argv.slice(2));
