import type { fetchClientMetadataResource } from '@better-auth/cimd/node';

/** How the library reaches other servers. */
export interface LibraryNetwork {
  /** Fetches a document in which a program says what it is, from an address that a stranger named. */
  readonly fetchProgram: typeof fetchClientMetadataResource;
}
