/**
 * What a field costs that does more than read a page of records, in fields of a response. The total is limited per request.
 * Set as the field's `extensions`; a field without them costs 1.
 */
export const COSTS = {
  /** Searches an index, or compares all of it with the store. */
  search: { cost: 2_500 },
  /** Scans all projects of a storage mode or all records of a project, or calls another server. */
  scan: { cost: 25_000 },
} as const;
