import { createHash } from 'node:crypto';
import type { ChromaClient, Collection } from 'chromadb';
import { StoreError } from '../../domain/errors.js';
import type { EmbeddingModel } from '../../embedding/embedder.js';
import type { SearchLogger } from '../search.js';
import { type ChromaConnection, COLLECTION_PREFIX } from './connection.js';
import { isMissing } from './failures.js';

/** What work on a collection is given. */
export interface CollectionAccess {
  readonly rows: Collection;
  readonly client: ChromaClient;
  /** Says that an answer came, as `ChromaConnection.run` wants it. */
  readonly heard: () => void;
}

/** The collection of one project and model, found by its name, and found again when it was lost. */
export interface ProjectCollection {
  /** Does work on it; null when there is no such collection. Work may be repeated. @throws StoreError */
  read<T>(work: (access: CollectionAccess) => Promise<T>, deadlineMs?: number): Promise<T | null>;
  /** Does work on it, and makes it when there is none. Work may be repeated. @throws StoreError */
  write<T>(work: (access: CollectionAccess) => Promise<T>): Promise<T>;
  /** Removes it. @throws StoreError */
  drop(): Promise<void>;
}

export interface ProjectCollectionOptions {
  readonly connection: ChromaConnection;
  readonly projectId: string;
  readonly model: Pick<EmbeddingModel, 'name' | 'dimensions'>;
  readonly logger: SearchLogger;
}

/**
 * How the graph is built and searched. With these, all of the ten nearest were found, of 40 queries each, among 10,000 random
 * vectors of 384 dimensions (the worst case; with Chroma's own figures half of them) and among as many in 50 clusters; a
 * query took 6 to 8 ms, against 5 ms.
 */
export const GRAPH = { space: 'cosine', ef_construction: 200, ef_search: 1_000, max_neighbors: 32 } as const;

/** What the names of a project's collections begin with. */
export const projectPrefix = (projectId: string): string => `${COLLECTION_PREFIX}${projectId}.`;

/** A name that every version takes: 3 to 63 characters. A model's own name may have others. */
function collectionName(projectId: string, { name, dimensions }: ProjectCollectionOptions['model']): string {
  const model = createHash('sha256').update(`${name}:${dimensions}`).digest('hex').slice(0, 12);
  return `${projectPrefix(projectId)}${model}`;
}

export function createProjectCollection(options: ProjectCollectionOptions): ProjectCollection {
  const { connection, logger } = options;
  const name = collectionName(options.projectId, options.model);
  let id: string | null = null;

  async function find(client: ChromaClient): Promise<Collection | null> {
    try {
      return await client.getCollection({ name });
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  /** An existing collection keeps the settings that it has, whatever is asked for. */
  const make = (client: ChromaClient): Promise<Collection> =>
    client.getOrCreateCollection({ name, embeddingFunction: null, configuration: { hnsw: GRAPH } });

  async function open(client: ChromaClient, isMade: boolean): Promise<Collection | null> {
    if (id !== null) return client.collection(id);
    const collection = isMade ? await make(client) : await find(client);
    if (!collection) return null;
    verify(collection);
    id = collection.id;
    return collection;
  }

  function verify({ configuration }: Collection): void {
    const space = (configuration?.hnsw ?? configuration?.spann)?.space;
    if (space === GRAPH.space) return;
    throw new StoreError(
      'STORE_UNSUITABLE',
      `The collection ${name} on ${connection.place} compares by ${space ?? 'an unknown distance'}, not by ${GRAPH.space}.`,
      'Mooring did not make it so. Rename it there: Mooring then makes its own and fills it again.',
    );
  }

  /** A handle is to a collection's UUID: one that was lost and made again under the name has another. */
  async function use<T>(
    isMade: boolean,
    work: (access: CollectionAccess) => Promise<T>,
    means: Omit<CollectionAccess, 'rows'>,
  ) {
    const attempt = async () => {
      const rows = await open(means.client, isMade);
      return rows && (await work({ ...means, rows }));
    };
    const wasKnown = id !== null;
    try {
      return await attempt();
    } catch (error) {
      if (!wasKnown || !isMissing(error)) throw error;
      logger.warn(
        { collection: name },
        'A collection of vectors is gone from Chroma; repairing the index fills it again.',
      );
      id = null;
      return attempt();
    }
  }

  return {
    read: (work, deadlineMs) => connection.run((client, heard) => use(false, work, { client, heard }), deadlineMs),
    write: async (work) => (await connection.run((client, heard) => use(true, work, { client, heard })))!,
    async drop() {
      id = null;
      await connection.run((client) => deleteCollection(client, name));
    },
  };
}

/** Removes a collection; none is no error. */
export async function deleteCollection(client: ChromaClient, name: string): Promise<void> {
  try {
    await client.deleteCollection({ name });
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}
