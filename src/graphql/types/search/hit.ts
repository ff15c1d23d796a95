import { MAX_PAGE } from '../../connection.js';

/** A record that a search found. */
export interface Hit<T> {
  readonly node: T;
  /** 0 to 1; comparable only within one result. */
  readonly score: number;
}

/** Number of hits that a search returns by default. */
export const DEFAULT_HITS = 10;

/** Descriptions that all searches share. */
export const SCORE = 'Relevance, 0 to 1, higher is better. Comparable only with the other hits of the same search.';
export const FIRST = `Maximum number of hits: 1 to ${MAX_PAGE}.`;
