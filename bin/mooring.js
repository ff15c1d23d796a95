#!/usr/bin/env node
import { existsSync } from 'node:fs';

// In a clone, what changed is compiled first; as installed, there is nothing to compile.
if (existsSync(new URL('../src', import.meta.url))) {
  const { compileIfStale } = await import('../scripts/compile.js');
  compileIfStale('server');
}

const { run } = await import('../dist/src/cli/run.js');
await run(process.argv.slice(2));
