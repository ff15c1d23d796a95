import { defineConfig } from 'vitest/config';
import { keepHomeApart, storeInMemory } from './test/support/machine/scratch.js';
import { projectsOf, run, samples } from './test/support/run.js';

storeInMemory();
keepHomeApart();

/** What CI runs: what `npm test` does, and samples of what `npm run test:all` adds. */
export default defineConfig({ test: { ...run, projects: [...projectsOf('quick'), samples()] } });
