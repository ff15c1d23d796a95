import { randomBytes } from 'node:crypto';
import type { Binary, Collection, Document, MongoClient } from 'mongodb';
import { checkFilter, passesFilter } from './filter.js';
import { fromSearch, Refusal } from './refusals.js';

/** The search process next to a MongoDB server, with Atlas' rules: it knows documents as it last saw them. */
export interface Mongot {
  /** Whether indexes that are made or changed from now on stay as they are until `finishBuilding`. */
  isBuilding: boolean;
  /** All that is being built is queryable now. */
  finishBuilding(): void;
  /** From now on it doesn't see what is written. */
  lag(): Promise<void>;
  /** It sees all that was written. */
  catchUp(): void;
  /** Loses all indexes, as if someone had dropped them. */
  dropAll(): void;
  /** Every `$vectorSearch` that it received. */
  readonly searches: Document[];
}

export interface MongotProcess extends Mongot {
  /** Called after something may have been written. */
  noticeWrite(): void;
  create(collection: Collection, specs: readonly Document[]): Promise<Document>;
  update(collection: Collection, name: string, definition: Document): Document;
  drop(collection: Collection, name: string): Document;
  list(collection: Collection, name: string | undefined): readonly Document[];
  /** Ids and scores, best first. */
  search(collection: Collection, stage: Document): Promise<readonly Found[]>;
}

export interface Found {
  readonly id: unknown;
  readonly score: number;
}

interface Index {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly version: number;
  readonly latest: Document;
  /** What answers; null before the first build is done. */
  readonly serving: Document | null;
}

interface Seen {
  readonly documents: readonly Document[];
  isCurrent: boolean;
}

export function createMongot(client: MongoClient): MongotProcess {
  const indexes = new Map<string, Map<string, Index>>();
  const seen = new Map<string, Seen>();
  let isLagging = false;
  const searches: Document[] = [];

  const of = ({ namespace }: Collection): Map<string, Index> => {
    const known = indexes.get(namespace) ?? new Map<string, Index>();
    indexes.set(namespace, known);
    return known;
  };

  // — indexes —

  async function create(collection: Collection, specs: readonly Document[]): Promise<Document> {
    const { db, collectionName } = collection;
    const isThere = (await db.listCollections({ name: collectionName }).toArray()).length > 0;
    if (!isThere) throw new Refusal(26, 'NamespaceNotFound', `Collection '${collection.namespace}' does not exist.`);
    for (const { name, definition, type } of specs) {
      checkDefinition(type, definition);
      const present = of(collection).get(name);
      if (present && JSON.stringify(present.latest) !== JSON.stringify(definition)) {
        const message = `Index ${name} already exists with a different definition. Drop it first if needed.`;
        throw new Refusal(68, 'IndexAlreadyExists', message);
      }
    }
    return { indexesCreated: specs.map((spec) => createOne(collection, spec)) };
  }

  function createOne(collection: Collection, { name, type, definition }: Document): Document {
    const present = of(collection).get(name);
    const id = present?.id ?? randomBytes(12).toString('hex');
    const serving = process.isBuilding ? null : definition;
    if (!present) of(collection).set(name, { id, name, type, version: 0, latest: definition, serving });
    return { id, name };
  }

  function update(collection: Collection, name: string, definition: Document): Document {
    const index = of(collection).get(name);
    if (!index) throw new Refusal(27, 'IndexNotFound', `Index ${name} not found.`);
    checkDefinition(index.type, definition);
    const serving = process.isBuilding ? index.serving : definition;
    of(collection).set(name, { ...index, version: index.version + 1, latest: definition, serving });
    return {};
  }

  function drop(collection: Collection, name: string): Document {
    if (!of(collection).delete(name)) throw new Refusal(27, 'IndexNotFound', `Index ${name} not found.`);
    return {};
  }

  function list(collection: Collection, name: string | undefined): readonly Document[] {
    const all = [...of(collection).values()].filter((index) => name === undefined || index.name === name);
    return all.map(({ id, name: own, type, version, latest, serving }) => ({
      ...{ id, name: own, type, queryable: serving !== null, latestDefinition: latest },
      status: serving === latest ? 'READY' : 'BUILDING',
      latestDefinitionVersion: { version, createdAt: new Date() },
    }));
  }

  // — following the collection —

  async function documentsOf(collection: Collection): Promise<readonly Document[]> {
    const known = seen.get(collection.namespace);
    if (known && (known.isCurrent || isLagging)) return known.documents;
    const entry = { documents: [] as Document[], isCurrent: true };
    seen.set(collection.namespace, entry);
    entry.documents = await collection.find().toArray();
    return entry.documents;
  }

  function noticeWrite(): void {
    for (const entry of seen.values()) entry.isCurrent = false;
  }

  // — searching —

  async function search(collection: Collection, stage: Document): Promise<readonly Found[]> {
    searches.push(stage);
    checkStage(stage);
    const index = of(collection).get(stage.index);
    // A misspelt name, like a missing collection, finds nothing, without an error.
    if (!index) return [];
    if (index.type !== 'vectorSearch')
      throw fromSearch(`Cannot execute $vectorSearch over search index '${index.name}'`);
    const { serving } = index;
    if (!serving) throw fromSearch(`cannot query vector index ${index.name} while in state INITIAL_SYNC`);
    const fields = serving.fields as Document[];
    const query = checkQuery(stage, fields);
    const filters = fields.filter(({ type }) => type === 'filter').map(({ path }) => path as string);
    checkFilter(stage.filter ?? {}, filters);
    const scored: Found[] = [];
    for (const document of await documentsOf(collection)) {
      const vector = floats(document[stage.path]);
      if (vector?.length !== query.length || !passesFilter(document, stage.filter ?? {})) continue;
      const cosine = cosineOf(query, vector);
      if (!Number.isNaN(cosine)) scored.push({ id: document._id, score: (1 + cosine) / 2 });
    }
    return scored.sort((a, b) => b.score - a.score).slice(0, stage.limit);
  }

  const process: MongotProcess = {
    ...{ isBuilding: false, searches, create, update, drop, list, search, noticeWrite },
    finishBuilding() {
      process.isBuilding = false;
      for (const known of indexes.values()) {
        for (const [name, index] of known) known.set(name, { ...index, serving: index.latest });
      }
    },
    async lag() {
      for (const namespace of indexes.keys()) {
        const dot = namespace.indexOf('.');
        await documentsOf(client.db(namespace.slice(0, dot)).collection(namespace.slice(dot + 1)));
      }
      isLagging = true;
    },
    catchUp() {
      isLagging = false;
    },
    dropAll: () => indexes.clear(),
  };
  return process;
}

// — rules —

function checkDefinition(type: unknown, definition: Document): void {
  if (type !== 'vectorSearch') throw new Refusal(8, 'UnknownError', '"userCommand.mappings" is required');
  const isVector = ({ type: kind, path, numDimensions, similarity }: Document) =>
    kind === 'vector' &&
    typeof path === 'string' &&
    Number.isInteger(numDimensions) &&
    numDimensions >= 1 &&
    numDimensions <= 8_192 &&
    ['cosine', 'dotProduct', 'euclidean'].includes(similarity);
  const fields = definition.fields as Document[];
  const isFilter = ({ type: kind, path }: Document) => kind === 'filter' && typeof path === 'string';
  if (!fields.some(isVector) || !fields.every((field) => isVector(field) || isFilter(field)))
    throw new Refusal(8, 'UnknownError', '"userCommand.fields" must have a vector field and be well-formed');
}

function checkStage({ index, path, queryVector, limit, numCandidates, exact, ...others }: Document): void {
  const unknown = Object.keys(others).find((key) => key !== 'filter');
  if (unknown) throw fromSearch(`unrecognized field "${unknown}"`);
  if (typeof limit !== 'number')
    throw new Refusal(8_575_100, 'Location8575100', 'Expected limit field to be a number in $vectorSearch');
  if (!Number.isInteger(limit) || limit < 1)
    throw new Refusal(7_912_700, 'Location7912700', 'Expected limit to be positive');
  for (const [name, value] of Object.entries({ index, path, queryVector }))
    if (value === undefined) throw fromSearch(`"${name}" is required`);
  if (exact === true) {
    if (numCandidates !== undefined) throw fromSearch('"numCandidates" must be omitted when "exact" is set to true');
    return;
  }
  if (numCandidates === undefined) throw fromSearch('numCandidates is required for approximate vector search');
  if (!Number.isInteger(numCandidates) || numCandidates < 1 || numCandidates > 10_000)
    throw fromSearch('"numCandidates" must be within bounds [1, 10000]');
  if (limit > numCandidates) throw fromSearch('limit should be less than or equal to numCandidates');
}

function checkQuery({ path, queryVector }: Document, fields: readonly Document[]): Float32Array {
  const vector = fields.find((field) => field.type === 'vector' && field.path === path);
  if (!vector) throw fromSearch(`${path} is not indexed as vector`);
  const query = floats(queryVector);
  if (query?.length !== vector.numDimensions)
    throw fromSearch(
      `vector field is indexed with ${vector.numDimensions} dimensions but queried with ${query?.length}`,
    );
  const wrong = query!.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0)
    throw fromSearch(`'queryVector' contains a non-finite value (Infinity or NaN) at position [${wrong}].`);
  if (query!.every((value) => value === 0))
    throw fromSearch('Cosine similarity cannot be calculated against a zero vector.');
  return query!;
}

function floats(value: unknown): Float32Array | undefined {
  if (Array.isArray(value)) return Float32Array.from(value as number[]);
  return (value as Binary | undefined)?.sub_type === 9 ? (value as Binary).toFloat32Array() : undefined;
}

function cosineOf(a: Float32Array, b: Float32Array): number {
  let [dot, squareA, squareB] = [0, 0, 0];
  for (let index = 0; index < a.length; index += 1) {
    dot += a[index]! * b[index]!;
    squareA += a[index]! ** 2;
    squareB += b[index]! ** 2;
  }
  return dot / Math.sqrt(squareA * squareB);
}
