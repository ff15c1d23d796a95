import { z } from 'zod';
import { requireClient } from './client.js';

/** A collection on the server. */
export interface NamedCollection {
  readonly id: string;
  readonly name: string;
}

export interface Listing {
  /** Scheme, host and port. */
  readonly origin: string;
  readonly tenant: string;
  readonly database: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** Collections that are asked for at a time. */
export const LISTED = 100;

const pageSchema = z.array(z.object({ id: z.string(), name: z.string() }));

/**
 * A page of a database's collections; none when there is no such database. Read by hand: the client would load whatever
 * embedding function each collection of others was made with. Throws what the client throws.
 */
export async function listCollections(listing: Listing, offset: number): Promise<readonly NamedCollection[]> {
  const { origin, tenant, database, headers, signal } = listing;
  const path = ['api', 'v2', 'tenants', tenant, 'databases', database, 'collections'].map(encodeURIComponent).join('/');
  const url = `${origin}/${path}?limit=${LISTED}&offset=${offset}`;
  const response = await fetch(url, { headers, signal, redirect: 'error' });
  if (response.ok) return pageSchema.parse(await response.json());
  await response.body?.cancel();
  if (response.status === 404) return [];
  const { ChromaForbiddenError, ChromaServerError, ChromaUnauthorizedError } = requireClient();
  if (response.status === 401) throw new ChromaUnauthorizedError('Unauthorized');
  if (response.status === 403) throw new ChromaForbiddenError('Forbidden');
  throw new ChromaServerError(`${response.status} ${response.statusText}`);
}
