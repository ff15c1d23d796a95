#!/usr/bin/env node
import { existsSync } from 'node:fs';

/** What agents start: a file of its own each, and standard output is the agent's. */
const FOR_AGENTS = { mcp: 'agents/mcp.js', hook: 'agents/hook.js' };
const STANDARD_ERROR = 2;

const [command, ...args] = process.argv.slice(2);
const forAgents = Object.hasOwn(FOR_AGENTS, command ?? '') ? FOR_AGENTS[command] : null;

// Whatever is missing or broken: hosts take anything but 0 for a verdict on what they report.
if (command === 'hook') process.on('exit', () => (process.exitCode = 0));

const isCompiled = () => existsSync(new URL('../dist/src/cli/run.js', import.meta.url));

// In a clone, what changed is compiled first; as installed, there is nothing to compile. A hook may not make its agent wait: it
// does with what was compiled before.
if (existsSync(new URL('../src', import.meta.url)) && !(command === 'hook' && isCompiled())) {
  const { compileIfStale } = await import('../scripts/compile.js');
  compileIfStale('server', forAgents ? { output: STANDARD_ERROR, isQuick: true } : {});
}

if (!isCompiled()) {
  console.error(
    'This package of Mooring was made without the compiled program: its folder dist is missing.\n' +
      'Make it again in a clone with `npm pack`, without `--ignore-scripts`, and install that.',
  );
  process.exit(1);
}

if (forAgents) {
  const { run } = await import(`../dist/src/${forAgents}`);
  // What is still open, such as standard input, keeps nothing running.
  process.exit(await run(args));
}
const { run } = await import('../dist/src/cli/run.js');
await run(process.argv.slice(2));
