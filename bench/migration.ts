import type { Bench } from './measure.js';

/** Moving a project against what bare drivers need to read and write the same, and what those notice who work on it. */
export const bench: Bench = async () => [];
