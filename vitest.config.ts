import { defineConfig } from 'vitest/config';
import { keepHomeApart, storeInMemory } from './test/support/machine/scratch.js';
import { projectsOf, run } from './test/support/run.js';

storeInMemory();
keepHomeApart();

/** What `npm test` runs: every promise once. `vitest.all.config.ts` has the rest. */
export default defineConfig({ test: { ...run, projects: projectsOf('quick') } });
