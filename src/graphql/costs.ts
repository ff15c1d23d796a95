/**
 * What fields cost that do more than read a page of records, in fields of an answer: what they cost together is bounded for each request.
 * A field says it in its extension `cost`; one that says nothing costs 1.
 */
export const COSTS = {
  /** Searches an index, or compares all of it with the store. */
  search: { cost: 2_500 },
  /** Looks at all projects of a place, at all records of a project, or at another server. */
  place: { cost: 25_000 },
} as const;
