import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmbeddingError } from '../../src/domain/errors.js';
import { createVoyageClient, type VoyageClient } from '../../src/embedding/voyage/client.js';
import { voyageModel } from '../../src/embedding/voyage/models.js';
import { similarity } from '../contract/embedder.js';
import { FREE_TIER, rateLimited, startVoyage, type VoyageDouble, type VoyageFault } from '../support/voyage/voyage.js';

const model = voyageModel('voyage-3-large');
let double: VoyageDouble;
let clients: VoyageClient[];

beforeEach(async () => {
  double = await startVoyage();
  clients = [];
});
afterEach(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await double.stop();
});

function connect(change: object = {}, options: Parameters<typeof createVoyageClient>[1] = {}): VoyageClient {
  const settings = { apiKey: double.key, baseUrl: double.url, model: model.name, ...change };
  const client = createVoyageClient(settings, { retryMs: 1, ...options });
  clients.push(client);
  return client;
}
const ask = (client: VoyageClient, ...texts: string[]) => client.embed({ texts, model, inputType: 'document' });
const vectorOf = (outcome: Float32Array | Error): Float32Array =>
  outcome instanceof Error ? expect.fail(outcome.message) : outcome;
const status = (code: number, detail?: string): VoyageFault => ({
  kind: 'status',
  status: code,
  ...(detail ? { detail } : {}),
});

describe('requests of several projects', () => {
  it('take turns: a project with no request in flight goes before all waiting ones of another', async () => {
    const client = connect();
    const [ada, bob] = [{}, {}];
    const release = double.hold();
    const embed = (owner: object, text: string) => client.embed({ texts: [text], model, inputType: 'document', owner });
    const waiting = Array.from({ length: 30 }, (_, n) => embed(ada, `ada ${n}`));
    await expect.poll(() => double.peak).toBe(4);
    waiting.push(embed(bob, 'bob'));
    release();
    await Promise.all(waiting);
    // Four were in flight, and as many began when these were answered at once.
    expect(double.requests.findIndex(({ texts }) => texts[0] === 'bob')).toBeLessThan(8);
  });
});

describe('a request to Voyage', () => {
  it.each<[string, VoyageFault]>([
    ['500', status(500)],
    ['503', status(503)],
    ['429', rateLimited()],
    ['a connection that breaks', { kind: 'cut' }],
  ])('is sent again after %s, up to three times', async (_, fault) => {
    double.next(fault, fault);
    expect((await ask(connect(), 'a')).vectors).toHaveLength(1);
    expect(double.requests).toHaveLength(3);
    double.always(fault);
    await expect(ask(connect(), 'a')).rejects.toBeInstanceOf(EmbeddingError);
    expect(double.requests).toHaveLength(6);
  });

  it.each([400, 401, 403, 410])('is not sent again after %i', async (code) => {
    double.always(status(code));
    await expect(ask(connect(), 'a')).rejects.toThrow(`(${code})`);
    expect(double.requests).toHaveLength(1);
  });

  it.each<[string, VoyageFault]>([
    ['never answered', { kind: 'hang' }],
    ['never answered to the end', { kind: 'hang', body: true }],
    ['answered slowly', { kind: 'slow', ms: 2_000, body: true }],
  ])('times out when it is %s, and is not sent again, for it may have been billed', async (_, fault) => {
    double.always(fault);
    await expect(ask(connect({ deadlineMs: 1_000 }), 'a')).rejects.toMatchObject({
      failure: 'TIMEOUT',
      message: expect.stringContaining("didn't answer within 1 s"),
    });
    expect(double.requests).toHaveLength(1);
  });

  it('fails when it is waiting for its turn, for its answer or for its next attempt as the client closes', async () => {
    const release = double.hold();
    const client = connect();
    const asked = Array.from({ length: 6 }, (_, i) => ask(client, `${i}`));
    await expect.poll(() => double.requests.length).toBe(4);
    const failed = Promise.allSettled(asked);
    await Promise.all([client.close(), client.close()]);
    for (const result of await failed) expect(result).toMatchObject({ reason: { failure: 'CLOSED' } });
    await expect(ask(client, 'late')).rejects.toMatchObject({ failure: 'CLOSED' });

    const other = connect({}, { retryMs: 5_000 });
    release();
    double.always(status(500));
    const resting = expect(ask(other, 'a')).rejects.toMatchObject({ failure: 'CLOSED' });
    await expect.poll(() => double.requests.length).toBe(5);
    await other.close();
    await resting;
  });

  it('releases its turn when it fails', async () => {
    double.always(status(400));
    const client = connect();
    for (let i = 0; i < 9; i++) await ask(client, 'a').catch(() => {});
    expect(double.requests).toHaveLength(9);
  });
});

describe('too many requests', () => {
  it('pause them all, until the service accepts requests again', async () => {
    const client = connect();
    double.next(rateLimited(1));
    const began = Date.now();
    const first = ask(client, 'a');
    await expect.poll(() => double.requests.length).toBe(1);
    const others = ['b', 'c'].map((text) => ask(client, text));
    await Promise.all([first, ...others]);
    expect(Date.now() - began).toBeGreaterThanOrEqual(990);
    expect(double.requests.map(({ status: code }) => code)).toEqual([429, 200, 200, 200]);
  });

  it('fail at once, without being sent, when the pause exceeds their deadline', async () => {
    const client = connect();
    double.always(rateLimited(3_600, FREE_TIER));
    for (const text of ['a', 'b', 'c']) {
      await expect(ask(client, text)).rejects.toMatchObject({
        failure: 'RATE',
        message: expect.stringContaining('3 RPM and 10K TPM'),
        hint: expect.stringContaining('Add a payment method'),
      });
    }
    await expect(client.embed({ texts: ['q'], model, inputType: 'query' })).rejects.toMatchObject({ failure: 'RATE' });
    expect(double.requests).toHaveLength(1);
  });

  it('may name the time as a date', async () => {
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    double.next({ kind: 'status', status: 429, headers: { 'retry-after': date } });
    await expect(ask(connect(), 'a')).rejects.toMatchObject({ failure: 'RATE' });
    expect(double.requests).toHaveLength(1);
  });
});

describe('the host', () => {
  let atlas: VoyageDouble;
  afterEach(() => atlas.stop());
  const hosts = () => ({ voyage: double.url, atlas: atlas.url });

  it.each([
    ['pa-key', 'voyage'],
    ['al-key', 'atlas'],
  ])('of a key such as %s is known by its prefix', async (apiKey, host) => {
    await double.stop();
    double = await startVoyage({ key: 'pa-key' });
    atlas = await startVoyage({ key: 'al-key' });
    await ask(connect({ apiKey, baseUrl: null }, { hosts: hosts() }), 'a');
    expect([double.requests.length, atlas.requests.length]).toEqual(host === 'voyage' ? [1, 0] : [0, 1]);
  });

  it('of a key with another prefix is tried, and remembered', async () => {
    atlas = await startVoyage({ key: 'xy-key' });
    const client = connect({ apiKey: 'xy-key', baseUrl: null }, { hosts: hosts() });
    await ask(client, 'a');
    await ask(client, 'b');
    expect([double.requests.length, atlas.requests.length]).toEqual([1, 2]);
  });

  it('is not the other one when the key is not valid, or when an address is set', async () => {
    atlas = await startVoyage();
    await expect(ask(connect({ apiKey: 'pa-no', baseUrl: null }, { hosts: hosts() }), 'a')).rejects.toThrow('401');
    await expect(ask(connect({ apiKey: 'xy-no' }, { hosts: hosts() }), 'a')).rejects.toThrow('403');
    expect(atlas.requests).toHaveLength(0);
  });

  it('does not get the key by a redirection', async () => {
    atlas = await startVoyage();
    for (const code of [301, 302, 307, 308]) {
      double.next({ kind: 'status', status: code, headers: { location: `${atlas.url}/embeddings` } });
      await expect(ask(connect(), 'a')).rejects.toMatchObject({
        failure: 'REPLY',
        message: expect.stringContaining(`${code}`),
      });
    }
    expect(atlas.requests).toHaveLength(0);
  });
});

describe('an answer of Voyage', () => {
  it('may have its vectors in any order', async () => {
    const client = connect();
    const texts = ['a boat', 'a quay', 'a lamp'];
    const { vectors } = await ask(client, ...texts);
    double.next({ kind: 'shuffled' });
    const { vectors: again } = await ask(client, ...texts);
    const [first, second] = [vectors.map(vectorOf), again.map(vectorOf)];
    for (const [i, vector] of second.entries()) expect(similarity(vector, first[i]!)).toBeCloseTo(1, 5);
  });

  it('gets vectors normalized to unit length', async () => {
    const data = [{ embedding: new Array(1024).fill(3), index: 0 }];
    double.next({ kind: 'garbage', text: JSON.stringify({ data, usage: { total_tokens: 7 } }) });
    const { vectors, tokens } = await ask(connect(), 'a');
    const vector = vectorOf(vectors[0]!);
    expect(similarity(vector, vector)).toBeCloseTo(1, 5);
    expect(tokens).toBe(7);
  });

  it('with one damaged vector still yields the others, and its tokens count', async () => {
    const data = [3, Number.MAX_VALUE, 0].map((value, index) => ({ embedding: new Array(1024).fill(value), index }));
    const short = { embedding: [1, 0], index: 3 };
    double.next({ kind: 'garbage', text: JSON.stringify({ data: [...data, short], usage: { total_tokens: 7 } }) });
    const { vectors, tokens } = await ask(connect(), 'a', 'b', 'c', 'd');
    expect(vectors.map((vector) => vector instanceof Error)).toEqual([false, true, true, true]);
    expect(vectors.slice(1)).toMatchObject(new Array(3).fill({ failure: 'REPLY' }));
    expect(tokens).toBe(7);
  });

  it.each<[string, VoyageFault]>([
    ["it isn't JSON", { kind: 'garbage', text: '<html>It works!</html>' }],
    ["it isn't JSON", { kind: 'garbage', text: '' }],
    ["it isn't a list of vectors", { kind: 'garbage', text: '{}' }],
    ["it isn't a list of vectors", { kind: 'garbage', text: '{"ok":false}' }],
    ["it isn't a list of vectors", { kind: 'wrong', how: 'null' }],
    ['it has 1 vectors for 2 texts', { kind: 'wrong', how: 'count' }],
    ['7 dimensions instead of 1024', { kind: 'wrong', how: 'dimensions' }],
    ['the index 0 of a vector is invalid', { kind: 'wrong', how: 'index' }],
    ['a vector has no direction', { kind: 'wrong', how: 'zero' }],
  ])('is refused when %s', async (message, fault) => {
    double.next(fault);
    await expect(ask(connect(), 'a', 'b')).rejects.toMatchObject({
      failure: 'REPLY',
      message: expect.stringContaining(message),
    });
  });
});

describe('an error of Voyage', () => {
  it('never has the key in it', async () => {
    const errors: unknown[] = [];
    const keep = (error: unknown) => errors.push(error);
    for (const code of [302, 400, 401, 403, 410, 429, 500]) {
      double.next(status(code, `What ${double.key} wants is refused.`));
      await ask(connect({ deadlineMs: 100 }, { retryMs: 1_000 }), 'a').catch(keep);
    }
    for (const fault of [{ kind: 'cut' }, { kind: 'hang' }, { kind: 'garbage', text: double.key }] as const) {
      double.next(fault);
      await ask(connect({ deadlineMs: 100 }, { retryMs: 1_000 }), 'a').catch(keep);
    }
    await ask(connect({ baseUrl: 'http://127.0.0.1:1/v1' }), 'a').catch(keep);
    await ask(connect({ apiKey: `${double.key}\nx` }), 'a').catch(keep);
    await ask(connect({ baseUrl: `https://u:${double.key}@a.test/v1` }), 'a').catch(keep);
    expect(errors).toHaveLength(13);
    expect(inspect(errors, { depth: 10, showHidden: true })).not.toContain(double.key);
  });

  it('reports that a TLS connection reached a server without TLS', async () => {
    const client = connect({ baseUrl: double.url.replace('http:', 'https:') });
    await expect(ask(client, 'a')).rejects.toThrow('A trusted connection to 127.0.0.1');
  });
});
