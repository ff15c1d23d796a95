import { createHash } from 'node:crypto';
import type { ChromaClient, Collection } from 'chromadb';
import { StoreError } from '../../domain/errors.js';
import type { EmbeddingModel } from '../../embedding/embedder.js';
import type { SearchLogger } from '../contract.js';
import { type ChromaConnection, COLLECTION_PREFIX } from './connection.js';
import { isMissing } from './errors.js';

/** What work on a collection may use. */
export interface CollectionAccess {
  readonly rows: Collection;
  readonly client: ChromaClient;
  /** Call after each response, as `ChromaConnection.run` requires. */
  readonly onResponse: () => void;
}

/** The collection of one project and model, found by its name, and again if it was deleted on the server. */
export interface ProjectCollection {
  /** Does work on it; null if it doesn't exist. Work may be repeated. @throws StoreError */
  read<T>(work: (access: CollectionAccess) => Promise<T>, deadlineMs?: number): Promise<T | null>;
  /** Does work on it. Creates it if missing. Work may be repeated. @throws StoreError */
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
 * How the graph is built and searched. With these, 40 queries each found all of the ten nearest among 10,000 random vectors of
 * 384 dimensions (the worst case; Chroma's defaults found half of them) and among as many in 50 clusters. A query took 6 to
 * 8 ms, instead of 5 ms.
 */
export const GRAPH = { space: 'cosine', ef_construction: 200, ef_search: 1_000, max_neighbors: 32 } as const;

/** The prefix of the names of a project's collections. */
export const projectPrefix = (projectId: string): string => `${COLLECTION_PREFIX}${projectId}.`;

/** A name that every version accepts: 3 to 63 characters. A model's own name may have characters that aren't allowed. */
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

  /** An existing collection keeps its own settings. */
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
      "Mooring didn't create it like that. Rename it on the server: Mooring then creates and fills its own.",
    );
  }

  /** Handles are by UUID: a collection that was deleted and created again under its name has another. */
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
        'A collection of vectors was deleted on the Chroma server; repairing the index fills it again.',
      );
      id = null;
      return attempt();
    }
  }

  return {
    read: (work, deadlineMs) =>
      connection.run((client, onResponse) => use(false, work, { client, onResponse }), deadlineMs),
    write: async (work) => (await connection.run((client, onResponse) => use(true, work, { client, onResponse })))!,
    async drop() {
      id = null;
      await connection.run((client) => deleteCollection(client, name));
    },
  };
}

/** Deletes a collection. A missing one is no error. */
export async function deleteCollection(client: ChromaClient, name: string): Promise<void> {
  try {
    await client.deleteCollection({ name });
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}
