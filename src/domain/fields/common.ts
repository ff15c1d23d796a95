import { z } from 'zod';
import { findIdFault, type PublicKind } from '../id.js';
import { refuse } from './parse.js';
import { label } from './text.js';

/** The id of a record of one of these kinds; when none is named, of a project or of anything in one. */
export function idOf(...kinds: PublicKind[]) {
  return z.string().superRefine(refuse((id) => findIdFault(id, kinds.length > 0 ? kinds : undefined)));
}

/** The client's own name for a record. */
export const externalId = label(256);
/** The version of a record. */
export const version = z.int().min(1);
/** The markers that a record's texts have in place of secrets, by rule. */
export const redactions = z.array(z.strictObject({ rule: label(64), count: z.int().min(1) })).max(1_000);
/** The most records that one call may write. */
export const MAX_BATCH = 1_000;

/** Limits of fields, in UTF-16 code units for short texts and in bytes for long ones and for JSON. */
export const MAX_NAME = 200;
export const MAX_LABEL = 1_000;
/** Of a file or a folder: Linux's `PATH_MAX`. */
export const MAX_PATH = 4_096;
export const MAX_PROSE_BYTES = 1_048_576;
export const MAX_METADATA_BYTES = 262_144;
export const MAX_STATE_BYTES = 1_048_576;
