import { MAX_REFERENCES } from '../domain/memory.js';
import { MAX_DEPENDENCIES } from '../domain/task.js';

/**
 * What a field costs that does more than read a page of records, in fields of a response. The total is limited per request.
 * Set as the field's `extensions`; a field without them costs 1.
 */
export const COSTS = {
  /** Reads as much as a large page of records. */
  export: { cost: 250 },
  /** Searches an index, or compares all of it with the store. */
  search: { cost: 2_500 },
  /** Scans all projects of a storage mode or all records of a project, or calls another server. */
  scan: { cost: 25_000 },
} as const;

/** How many items a list may have that isn't paged: what is requested of them counts so often. Set as `extensions`, too. */
export const SIZES = {
  references: { size: MAX_REFERENCES },
  dependencies: { size: MAX_DEPENDENCIES },
  /** Agents at work in a project, and the claims of each: estimates. */
  agents: { size: 20 },
  claims: { size: 10 },
  /** Projects that a key is limited to: an estimate. */
  keyProjects: { size: 20 },
  /** An estimate: there may be 200. */
  roles: { size: 20 },
} as const;
