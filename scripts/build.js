import { compileIfStale } from './compile.js';

// Compiles what changed: `server`, so that `npm start` is quick, or `all` when nothing is said.
compileIfStale(process.argv[2] ?? 'all');
