import { defineConfig } from 'vitest/config';
import { projectsOf, run } from './test/support/run.js';

/** What `npm run test:all` runs: what `npm test` does, and what is rare or takes long. */
export default defineConfig({ test: { ...run, projects: projectsOf('all') } });
