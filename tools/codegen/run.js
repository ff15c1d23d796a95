import { spawnSync } from 'node:child_process';
import { HERE, installIfStale } from './install.js';

// Makes the types of clients from schema.graphql; with `--check` only says whether they differ.
installIfStale();
const program = ['node_modules/@graphql-codegen/cli/esm/bin.js', '--config', 'config.ts', ...process.argv.slice(2)];
const { status, error } = spawnSync(process.execPath, program, { cwd: HERE, stdio: 'inherit' });
if (error) throw error;
process.exitCode = status ?? 1;
