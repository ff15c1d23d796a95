import { z } from 'zod';
import type { HttpClient } from '../../network/http.js';
import { isMissing } from './errors.js';
import { atMost, guardedFetch } from './guarded-fetch.js';

/** A collection on the server. */
export interface NamedCollection {
  readonly id: string;
  readonly name: string;
}

export interface Listing {
  readonly http: HttpClient;
  /** Scheme, host and port. */
  readonly origin: string;
  readonly tenant: string;
  readonly database: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** Collections per page. */
export const LISTED = 100;

const pageSchema = z.array(z.object({ id: z.string(), name: z.string() }));

/**
 * A page of a database's collections; none when the database doesn't exist. Without the client, which would load the embedding
 * function of every collection. @throws what the client throws
 */
export async function listCollections(listing: Listing, offset: number): Promise<readonly NamedCollection[]> {
  const { http, origin, tenant, database, headers, signal } = listing;
  const path = ['api', 'v2', 'tenants', tenant, 'databases', database, 'collections'].map(encodeURIComponent).join('/');
  const url = `${origin}/${path}?limit=${LISTED}&offset=${offset}`;
  try {
    const response = await guardedFetch(http, new Request(url, { headers, signal }));
    return pageSchema.parse(atMost(LISTED, await response.json()));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
