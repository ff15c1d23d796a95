import { defineConfig } from 'vitest/config';
import { keepHomeApart } from './test/support/machine/scratch.js';
import { projectsOf, run } from './test/support/run.js';

keepHomeApart();

/** What `npm run test:all` runs: what `npm test` does, and what is rare or takes long. */
export default defineConfig({ test: { ...run, projects: projectsOf('all') } });
