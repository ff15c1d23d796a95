import type { Bench } from './measure.js';
import { bench as copying } from './migration-copy.js';
import { bench as embedding } from './migration-embedding.js';
import { bench as living } from './migration-live.js';

/** Moving a project: how fast, and what its users notice meanwhile. */
export const bench: Bench = async () => [...(await copying()), ...(await embedding()), ...(await living())];
