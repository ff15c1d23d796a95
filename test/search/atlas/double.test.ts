import { Binary, type Collection, type Document, MongoClient } from 'mongodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freshDatabase, mongoUnavailable, sharedMongo } from '../../support/mongodb/mongodb.js';
import { type SearchProxy, startSearchProxy } from '../../support/search/search-proxy.js';

const definition = {
  fields: [
    { type: 'vector', path: 'embedding', numDimensions: 2, similarity: 'cosine' },
    { type: 'filter', path: 'kind' },
  ],
};
const spec = { name: 'idx', type: 'vectorSearch', definition };
const query = { index: 'idx', path: 'embedding', queryVector: [1, 0], numCandidates: 10, limit: 5 };

describe.skipIf(mongoUnavailable)("the double of Atlas' vector search", () => {
  let proxy: SearchProxy;
  let client: MongoClient;
  let collection: Collection<Document & { _id: string }>;
  const search = (own: Document = {}, ...rest: Document[]) =>
    collection.aggregate([{ $vectorSearch: { ...query, ...own } }, ...rest]).toArray();
  const ids = async (own: Document = {}) =>
    (await search(own, { $project: { _id: 1 } })).map(({ _id }) => _id as string);
  beforeAll(async () => {
    proxy = await startSearchProxy(sharedMongo());
    client = new MongoClient(proxy.uri);
  });
  beforeEach(async () => {
    collection = client.db(freshDatabase()).collection('things');
    await collection.insertMany([
      { _id: 'near', kind: 'x', embedding: Binary.fromFloat32Array(Float32Array.of(1, 0.1)) },
      { _id: 'far', kind: 'y', embedding: [-1, 0.1] },
      { _id: 'other length', kind: 'x', embedding: [1, 0, 0] },
      { _id: 'no direction', kind: 'x', embedding: [0, 0] },
      { _id: 'none', kind: 'x' },
    ]);
    await collection.createSearchIndex(spec);
  });
  afterAll(async () => {
    await client.close();
    await proxy.stop();
  });

  it('serves a driver that discovers the topology, and forwards everything else', async () => {
    const { hosts, primary, setName } = await client.db().command({ hello: 1 });
    expect({ hosts, primary, setName }).toEqual({
      hosts: [new URL(proxy.uri).host],
      primary: new URL(proxy.uri).host,
      setName: expect.any(String),
    });
    expect(await collection.countDocuments({ kind: 'x' })).toBe(4);
  });

  it('scores as Atlas does, best first, and does the rest of the pipeline', async () => {
    const found = await search({}, { $match: { kind: 'x' } }, { $project: { s: { $meta: 'vectorSearchScore' } } });
    expect(found).toEqual([{ _id: 'near', s: expect.closeTo((1 + 1 / Math.hypot(1, 0.1)) / 2, 6) }]);
    expect(await ids()).toEqual(['near', 'far']);
  });

  it('finds nothing by the name of no index, without an error', async () => {
    expect(await ids({ index: 'misspelt' })).toEqual([]);
  });

  it.each<[string, Document]>([
    ['numCandidates is required for approximate vector search', { numCandidates: undefined }],
    ['limit should be less than or equal to numCandidates', { limit: 11 }],
    ['"numCandidates" must be omitted when "exact" is set to true', { exact: true }],
    ['vector field is indexed with 2 dimensions but queried with 3', { queryVector: [1, 0, 0] }],
    ['other is not indexed as vector', { path: 'other' }],
    ["Path 'size' needs to be indexed as filter", { filter: { size: { $gt: 1 } } }],
    ['unrecognized operator "$regex"', { filter: { kind: { $regex: 'x' } } }],
    ['Cosine similarity cannot be calculated against a zero vector.', { queryVector: [0, 0] }],
    ['contains a non-finite value (Infinity or NaN) at position [1]', { queryVector: [1, Number.NaN] }],
    ['Expected limit to be positive', { limit: 0 }],
  ])('refuses: %s', async (message, own) => {
    await expect(
      collection.aggregate([{ $vectorSearch: { ...query, ...own } }], { ignoreUndefined: true }).toArray(),
    ).rejects.toThrow(message);
  });

  it('must be the first stage of a pipeline', async () => {
    const pipeline = [{ $match: {} }, { $vectorSearch: query }];
    await expect(collection.aggregate(pipeline).toArray()).rejects.toThrow('only valid as the first stage');
  });

  it('filters', async () => {
    expect(await ids({ filter: { $or: [{ kind: 'x' }, { kind: { $in: ['z'] } }] } })).toEqual(['near']);
    expect(await ids({ filter: { kind: { $not: { $eq: 'x' } } } })).toEqual(['far']);
    expect(await ids({ filter: { size: null } })).toEqual(['near', 'far']);
  });

  it('lags behind writes, but what is deleted is gone at once', async () => {
    await ids();
    await proxy.mongot.lag();
    await collection.updateOne({ _id: 'far' }, { $set: { kind: 'z', embedding: [1, 0] } });
    await collection.deleteOne({ _id: 'near' });
    expect(await search({ filter: { kind: 'y' } }, { $project: { kind: 1 } })).toEqual([{ _id: 'far', kind: 'z' }]);
    proxy.mongot.catchUp();
    expect(await ids({ filter: { kind: 'z' } })).toEqual(['far']);
  });

  it('refuses searches while an index is built, and serves the old one while it is changed', async () => {
    proxy.mongot.isBuilding = true;
    await collection.createSearchIndex({ ...spec, name: 'second' });
    await expect(ids({ index: 'second' })).rejects.toMatchObject({
      code: 8,
      message: expect.stringContaining('cannot query vector index second while in state INITIAL_SYNC'),
    });
    await collection.updateSearchIndex('idx', { fields: [...definition.fields, { type: 'filter', path: 'size' }] });
    expect(await collection.listSearchIndexes('idx').toArray()).toMatchObject([
      { status: 'BUILDING', queryable: true },
    ]);
    expect(await ids()).toHaveLength(2);
    proxy.mongot.finishBuilding();
    expect(await ids({ index: 'second' })).toHaveLength(2);
  });

  it('has one definition per name, and no index of a missing collection', async () => {
    await collection.createSearchIndex(spec);
    const others = { ...spec, definition: { fields: definition.fields.slice(0, 1) } };
    await expect(collection.createSearchIndex(others)).rejects.toMatchObject({ code: 68 });
    const nowhere = client.db(freshDatabase()).collection('nothing');
    await expect(nowhere.createSearchIndex(spec)).rejects.toMatchObject({ code: 26 });
    await expect(collection.createSearchIndex({ name: 'untyped', definition })).rejects.toThrow('userCommand.mappings');
  });
});
