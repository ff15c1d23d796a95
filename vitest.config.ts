import { defineConfig } from 'vitest/config';
import { projectsOf, run } from './test/support/run.js';
import { storeInMemory } from './test/support/scratch.js';

storeInMemory();

/** What `npm test` runs: every promise once. `vitest.all.config.ts` has the rest. */
export default defineConfig({ test: { ...run, projects: projectsOf('quick') } });
