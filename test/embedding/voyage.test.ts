import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Embedder } from '../../src/embedding/embedder.js';
import type { VoyageUsage } from '../../src/embedding/voyage/batched-requests.js';
import { checkVoyage } from '../../src/embedding/voyage/checks.js';
import { createVoyageClient, type VoyageClient } from '../../src/embedding/voyage/client.js';
import { VOYAGE_MODELS } from '../../src/embedding/voyage/models.js';
import { createVoyageEmbedder } from '../../src/embedding/voyage/voyage.js';
import { describeEmbedder, similarity } from '../contract/embedder.js';
import { embedInProcess } from '../support/voyage/program.js';
import { FREE_TIER, rateLimited, startVoyage, type VoyageDouble } from '../support/voyage/voyage.js';

describe('the contract', () => {
  let double: VoyageDouble;
  beforeAll(async () => {
    // As at the service, more texts take longer: that's how a query overtakes a batch.
    double = await startVoyage({ msPerText: 1 });
  });
  afterAll(() => double.stop());

  describeEmbedder('Voyage', () =>
    createVoyageEmbedder({
      client: createVoyageClient({ apiKey: double.key, baseUrl: double.url, model: 'voyage-3-large' }),
    }),
  );
});

let double: VoyageDouble;
let client: VoyageClient;
let embedder: Embedder;
let usage: VoyageUsage[];

beforeEach(async () => {
  double = await startVoyage({ poison: 'poison' });
  client = createVoyageClient({ apiKey: double.key, baseUrl: double.url, model: 'voyage-3-large' }, { retryMs: 1 });
  usage = [];
  embedder = createVoyageEmbedder({ client, onUsage: (each) => usage.push(each) });
});
afterEach(async () => {
  await embedder.close();
  await client.close();
  await double.stop();
});

const notes = (count: number, from = 0) => Array.from({ length: count }, (_, i) => `Note ${from + i} of the harbour.`);
const batchesSeen = () => double.requests.map(({ texts }) => texts.length);

describe('Voyage', () => {
  it('states the model and the dimensions of its vectors', () => {
    expect(embedder.model).toMatchObject({ name: 'voyage-3-large/1024', dimensions: 1024, maxBatch: 100, lanes: 4 });
  });

  it.each(VOYAGE_MODELS.map(({ name }) => name))('embeds with %s', async (model) => {
    const other = createVoyageEmbedder({ client, model });
    const [[document], query] = await Promise.all([other.embedDocuments(['A boat.']), other.embedQuery('A boat.')]);
    expect(other.model.name).toBe(`${model}/${document!.length}`);
    expect(similarity(document!, query)).toBeCloseTo(1, 4);
    await other.close();
  });

  it('marks documents and queries as such', async () => {
    await embedder.embedDocuments(['a document']);
    await embedder.embedQuery('a query');
    expect(double.requests.map(({ inputType, texts }) => [inputType, ...texts])).toEqual([
      ['document', 'a document'],
      ['query', 'a query'],
    ]);
  });

  it('sends half a surrogate pair as valid text', async () => {
    await embedder.embedDocuments(['half \ud83d']);
    expect(double.requests[0]!.texts).toEqual(['half \ufffd']);
  });

  it('embeds the head of a query that is too long', async () => {
    await embedder.embedQuery('quay '.repeat(20_000));
    expect(double.requests[0]!.texts[0]!.length).toBeLessThan(32_000);
  });
});

describe('requests to Voyage', () => {
  it('are ten for 1,000 memories, up to four at a time', async () => {
    const release = double.hold();
    const batches = Array.from({ length: 10 }, (_, i) => notes(100, i * 100));
    const worker = async () => {
      for (let batch = batches.shift(); batch; batch = batches.shift()) await embedder.embedDocuments(batch);
    };
    const workers = Array.from({ length: embedder.model.lanes }, worker);
    await expect.poll(() => double.requests.length).toBe(4);
    release();
    await Promise.all(workers);
    expect(batchesSeen()).toEqual(new Array(10).fill(100));
    expect(double.peak).toBe(4);
  });

  it('wait for their turn, however many there are, while a query goes first', async () => {
    const release = double.hold();
    const waiting = Array.from({ length: 9 }, (_, i) => embedder.embedDocuments(notes(1, i)));
    const query = embedder.embedQuery('Where are the boats?');
    await expect.poll(() => double.requests.length).toBe(5);
    expect(double.requests.filter(({ inputType }) => inputType === 'query')).toHaveLength(1);
    release();
    await Promise.all([query, ...waiting]);
    expect(double.peak).toBe(5);
  });

  it('stay under the limit of tokens for texts in any script', async () => {
    const passage = '系泊于此的船只都很安全。'.repeat(880);
    const texts = Array.from({ length: 30 }, (_, i) => `${i} ${passage}`);
    const vectors = await embedder.embedDocuments(texts);
    expect(vectors).toHaveLength(30);
    const [alone] = await embedder.embedDocuments([`${29} ${passage} `]);
    expect(similarity(vectors[29]!, alone!)).toBeGreaterThan(0.999);
    const answered = double.requests.filter(({ status }) => status === 200);
    expect(answered.flatMap((request) => request.texts)).toHaveLength(31);
    // What was refused was divided, never sent again as it was.
    const sent = double.requests.map((request) => request.texts.join());
    expect(new Set(sent).size).toBe(sent.length);
  });

  it.each(['voyage-3-large', 'voyage-law-2'])('have no passage that is too long for %s', async (model) => {
    const other = createVoyageEmbedder({ client, model });
    for (const text of ['⚓'.repeat(40_000), '!'.repeat(90_000), 'boat '.repeat(20_000)]) {
      const passages = await other.passages(text);
      expect(passages.length).toBeGreaterThan(1);
      await other.embedDocuments(passages.map(({ start, end }) => text.slice(start, end)));
    }
    await other.close();
  });

  it('isolate a refused text, so that the others get vectors', async () => {
    const texts = notes(100).with(37, 'This is poison.');
    await expect(embedder.embedDocuments(texts)).rejects.toMatchObject({ failure: 'REFUSED' });
    const asked = double.requests.length;
    expect(asked).toBeLessThan(20);
    await embedder.embedDocuments(texts.toSpliced(37, 1));
    expect(double.requests).toHaveLength(asked);
  });

  it('are no more than three when it is not a text that is refused', async () => {
    const other = createVoyageEmbedder({ client, model: 'voyage-99' });
    await expect(other.embedDocuments(notes(100))).rejects.toThrow('Model voyage-99 is not supported');
    expect(double.requests).toHaveLength(3);
  });
});

describe('a vector', () => {
  it('is requested once, however often it is needed', async () => {
    const first = await embedder.embedDocuments(notes(100));
    const again = await embedder.embedDocuments(notes(100).reverse());
    const [alone] = await embedder.embedDocuments(notes(1, 41));
    expect(double.requests).toHaveLength(1);
    expect(again).toEqual([...first].reverse());
    expect(alone).toEqual(first[41]);
  });

  it('is bought once for two callers that want it at the same time', async () => {
    const release = double.hold();
    const both = [embedder.embedDocuments(notes(3)), embedder.embedDocuments(notes(5))];
    await expect.poll(() => double.requests.length).toBe(2);
    release();
    await Promise.all(both);
    expect(double.requests.flatMap(({ texts }) => texts)).toEqual(notes(5));
  });

  it('is bought once for texts that are the same', async () => {
    const [first, second] = await embedder.embedDocuments(['same', 'same']);
    expect(double.requests[0]!.texts).toEqual(['same']);
    expect(first).toEqual(second);
  });

  it('is not the same for a document and for a query', async () => {
    await embedder.embedDocuments(['same']);
    await embedder.embedQuery('same');
    await embedder.embedQuery('same');
    expect(double.requests).toHaveLength(2);
  });

  it('belongs to the caller', async () => {
    const [mine] = await embedder.embedDocuments(['same']);
    mine!.fill(0);
    const [next] = await embedder.embedDocuments(['same']);
    expect(similarity(next!, next!)).toBeCloseTo(1, 4);
  });

  it('is requested again after a failure', async () => {
    double.next({ kind: 'status', status: 401 });
    await expect(embedder.embedDocuments(['a'])).rejects.toMatchObject({ failure: 'KEY' });
    expect(await embedder.embedDocuments(['a'])).toHaveLength(1);
  });

  it('is bought once, though another of its answer is damaged', async () => {
    const embedding = new Array(1024).fill(1);
    const data = [
      { embedding, index: 0 },
      { embedding: [1], index: 1 },
    ];
    double.next({ kind: 'garbage', text: JSON.stringify({ data, usage: { total_tokens: 7 } }) });
    const told: string[] = [];
    const answered = (index: number, outcome: object) => void told.push(`${index} ${outcome.constructor.name}`);
    await expect(embedder.embedDocuments(['sound', 'damaged'], answered)).rejects.toMatchObject({ failure: 'REPLY' });
    expect(told.toSorted()).toEqual(['0 Float32Array', '1 VoyageError']);
    expect(usage).toMatchObject([{ tokens: 7 }]);
    double.forget();
    await embedder.embedDocuments(['sound', 'damaged']);
    expect(double.requests.map(({ texts }) => texts)).toEqual([['damaged']]);
  });

  it('is dropped from the cache in the end', async () => {
    await embedder.embedDocuments(['first']);
    for (let i = 0; i < 20; i++) await embedder.embedDocuments(notes(100, i * 100));
    double.forget();
    await embedder.embedDocuments(notes(1, 1_999));
    expect(double.requests).toHaveLength(0);
    await embedder.embedDocuments(['first']);
    expect(double.requests).toHaveLength(1);
  });
});

describe('what Voyage costs', () => {
  it('is reported after each billed request', async () => {
    await embedder.embedDocuments(notes(250));
    await embedder.embedQuery('Where are the boats?');
    double.next({ kind: 'status', status: 401 });
    await embedder.embedDocuments(['not paid']).catch(() => {});
    await embedder.embedQuery('Where are the boats?');
    expect(usage.map(({ model, requests }) => [model, requests])).toEqual(new Array(4).fill(['voyage-3-large', 1]));
    const tokens = double.requests.reduce((sum, request) => sum + request.tokens, 0);
    expect(usage.reduce((sum, each) => sum + each.tokens, 0)).toBe(tokens);
    expect(usage.reduce((sum, each) => sum + each.dollars!, 0)).toBeCloseTo((tokens * 0.18) / 1e6, 12);
  });

  it('is null where the price is not known', async () => {
    const other = createVoyageEmbedder({ client, model: 'voyage-code-4', onUsage: (each) => usage.push(each) });
    await other.embedQuery('a');
    expect(usage).toEqual([{ model: 'voyage-code-4', requests: 1, tokens: expect.any(Number), dollars: null }]);
  });
});

describe('the check of Voyage', () => {
  const check = (change: object = {}) =>
    checkVoyage({ apiKey: double.key, baseUrl: double.url, model: 'voyage-3-large', ...change }, { retryMs: 1 });

  it('passes with one small request', async () => {
    expect(await check()).toEqual({
      name: 'EMBEDDING',
      outcome: 'PASSED',
      ms: expect.any(Number),
      message: 'Voyage AI accepts the key, and voyage-3-large returns vectors of 1024 dimensions.',
      hint: null,
    });
    expect(batchesSeen()).toEqual([1]);
  });

  it.each([
    ['a key that is not valid', { apiKey: 'pa-other' }, 'Provided API key is invalid.', 'VOYAGE_AI_API_KEY'],
    ['a key of the other platform', { apiKey: 'al-other' }, 'may not be used on this host', 'VOYAGE_BASE_URL'],
    ['a key that is none', { apiKey: 'pa-x\ny' }, 'contains invalid characters', 'VOYAGE_AI_API_KEY'],
    ['a model that there is not', { model: 'voyage-99' }, 'Model voyage-99 is not supported', 'VOYAGE_MODEL'],
    ['a model that is retired', { model: 'voyage-02' }, 'retired (410)', 'voyage-4-large'],
    ['an address that is none', { baseUrl: 'voyage' }, "VOYAGE_BASE_URL isn't a valid URL", 'VOYAGE_BASE_URL'],
    ['an address without TLS', { baseUrl: 'http://a.test/v1' }, 'must start with https://', 'VOYAGE_BASE_URL'],
    ['a password in the address', { baseUrl: 'https://u:p@a.test' }, 'more than a host', 'VOYAGE_BASE_URL'],
    ['nothing that listens', { baseUrl: 'http://127.0.0.1:1/v1' }, 'ECONNREFUSED', '127.0.0.1:1'],
  ])('says what to do about %s', async (_, change, message, hint) => {
    const result = await check(change);
    expect(result).toMatchObject({ outcome: 'FAILED', message: expect.stringContaining(message) });
    expect(result.hint).toContain(hint);
  });

  it('shows a new user that the key has no payment method yet', async () => {
    double.always(rateLimited(undefined, FREE_TIER));
    const result = await check();
    expect(result).toMatchObject({ outcome: 'FAILED', message: expect.stringContaining('3 RPM and 10K TPM') });
    expect(result.hint).toContain('Add a payment method');
    expect(double.requests).toHaveLength(1);
  });
});

describe('a process', () => {
  it.each([
    ['was refused', 'NETWORK', () => 'http://127.0.0.1:1/v1'],
    ['got no answer in time', 'TIMEOUT', () => double.url],
    ['was answered', null, () => double.url],
  ])('is not kept from ending after it %s', async (_, failure, url) => {
    if (failure === 'TIMEOUT') double.always({ kind: 'hang' });
    const ended = await embedInProcess({
      apiKey: double.key,
      baseUrl: url(),
      deadlineMs: failure === 'TIMEOUT' ? 300 : 15_000,
    });
    expect(ended).toEqual({ failure, held: [], code: 0, stderr: '' });
  });
});
