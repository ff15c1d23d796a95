import type { Bench } from './measure.js';
import { bench as copying } from './migration-copy.js';

/** Moving a project: how fast, and what those notice who work on it meanwhile. */
export const bench: Bench = async () => [...(await copying())];
