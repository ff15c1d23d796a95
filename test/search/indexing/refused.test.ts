import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { MongoClient } from 'mongodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createVoyageClient } from '../../../src/embedding/voyage/client.js';
import { createVoyageEmbedder } from '../../../src/embedding/voyage/voyage.js';
import { EMBEDDINGS } from '../../../src/search/atlas/passage-document.js';
import { createChromaIndex } from '../../../src/search/chroma/chroma-index.js';
import { type ChromaConnection, createChromaConnection } from '../../../src/search/chroma/connection.js';
import { silentLogger } from '../../../src/search/contract.js';
import { freshDatabase, mongoUnavailable, sharedMongo } from '../../support/mongodb/mongodb.js';
import { type AtlasProcess, openAtlas, whenReady } from '../../support/search/atlas.js';
import { chromaUnavailable, DATABASE, startChroma, type TestChroma } from '../../support/search/chroma.js';
import { type Bench, createBenches, createWordEmbedder, inspect, memory, notes } from '../../support/search/search.js';
import { type SearchProxy, startSearchProxy } from '../../support/search/search-proxy.js';
import { until } from '../../support/until.js';
import { startVoyage, type VoyageDouble } from '../../support/voyage/voyage.js';

/** An embedder or a vector store may refuse one record: that one fails, with the message, and no other waits for it. */

const benches = createBenches();
afterEach(() => benches.cleanUp());
const { model } = createWordEmbedder();

const stateOf = async ({ search }: Bench, { id }: { readonly id: string }) => (await search.embeddings([id]))[0];

async function expectOneToFail(bench: Bench, bad: { readonly id: string }, reason: string): Promise<void> {
  await until(async () => (await stateOf(bench, bad))?.state === 'FAILED');
  await bench.search.settled();
  expect(await bench.search.status()).toMatchObject({ pending: 0, failed: 1, searchable: 12 });
  expect((await stateOf(bench, bad))?.reason).toContain(reason);
}

const among = (bad: ReturnType<typeof memory>) => notes(12).toSpliced(7, 0, bad);

describe.skipIf(chromaUnavailable !== null)('a record that Chroma refuses', () => {
  let chroma: TestChroma;
  let guard: Guard;
  let connection: ChromaConnection;
  beforeAll(async () => {
    chroma = await startChroma();
    guard = await startGuard(chroma.url);
  });
  afterAll(async () => {
    await guard?.stop();
    await chroma?.stop();
  });
  beforeEach(() => {
    connection = createChromaConnection({ url: guard.url, token: null, ...DATABASE });
  });
  afterEach(() => {
    guard.refuses = null;
    connection.close();
  });
  const open = (projectId: string) =>
    benches.open({ vectorIndex: createChromaIndex({ connection, projectId, model, logger: silentLogger }) });

  it.each([400, 413, 422])(
    'with %i fails alone, and Chroma is asked for the others a few times only',
    async (status) => {
      const bench = await open(`prj_${status}`);
      const bad = memory('what nobody takes');
      guard.refuses = { id: bad.id, status, message: 'This row is not taken.' };
      await bench.create(...among(bad));
      await expectOneToFail(bench, bad, 'This row is not taken.');
      expect(bench.embedder.asked.toSorted()).toEqual(
        among(bad)
          .map(({ content }) => content)
          .toSorted(),
      );
    },
  );

  it('because of a quota fails alone', async () => {
    const bench = await open('prj_quota');
    const bad = memory('what nobody takes');
    guard.refuses = { id: bad.id, status: 422, message: "Quota exceeded: 'Metadata key size' is limited." };
    await bench.create(...among(bad));
    await expectOneToFail(bench, bad, 'Quota exceeded');
  });

  it('alone in the project fails too', async () => {
    const bench = await open('prj_alone');
    const bad = memory('what nobody takes');
    guard.refuses = { id: bad.id, status: 400, message: 'This row is not taken.' };
    await bench.create(bad);
    await until(async () => (await stateOf(bench, bad))?.state === 'FAILED');
  });

  it('is accepted once it may be, without being embedded again', async () => {
    const bench = await open('prj_later');
    const bad = memory('what nobody takes');
    guard.refuses = { id: bad.id, status: 400, message: 'This row is not taken.' };
    await bench.create(bad);
    await until(async () => (await stateOf(bench, bad))?.state === 'FAILED');
    guard.refuses = null;
    await bench.search.repair();
    await bench.search.settled();
    expect(await stateOf(bench, bad)).toMatchObject({ state: 'READY' });
    expect(bench.embedder.asked).toEqual(['what nobody takes']);
  });

  it.each([500, 503, 429, 403])('with %i fails no record: all wait, and health says why', async (status) => {
    const bench = await open(`prj_${status}`);
    guard.refuses = { id: '', status, message: 'Not now.' };
    await bench.create(...notes(12));
    await until(async () => (await connection.health()).lastError !== null);
    const seen = guard.refusals;
    await until(() => guard.refusals > seen + 6);
    expect(await bench.search.status()).toMatchObject({ pending: 12, failed: 0 });
    guard.refuses = null;
    await bench.search.settled();
    expect(await bench.search.status()).toMatchObject({ searchable: 12 });
  });
});

interface Guard {
  readonly url: string;
  /** Refuses additions of rows whose id has this in it. */
  refuses: { readonly id: string; readonly status: number; readonly message: string } | null;
  readonly refusals: number;
  stop(): Promise<void>;
}

/** A proxy of a Chroma server that refuses some rows as the server does. */
async function startGuard(upstream: string): Promise<Guard> {
  let refusals = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const { refuses } = guard;
    if (refuses && /\/(add|upsert)$/.test(request.url!) && body.includes(refuses.id)) {
      refusals += 1;
      response.writeHead(refuses.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: 'ChromaError', message: refuses.message }));
      return;
    }
    const hasBody = body.length > 0;
    const passed = await fetch(`${upstream}${request.url}`, {
      method: request.method!,
      headers: hasBody ? { 'content-type': 'application/json' } : {},
      ...(hasBody ? { body } : {}),
    });
    response.writeHead(passed.status, { 'content-type': passed.headers.get('content-type') ?? 'text/plain' });
    response.end(Buffer.from(await passed.arrayBuffer()));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const guard: Guard = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    refuses: null,
    get refusals() {
      return refusals;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return guard;
}

describe.skipIf(mongoUnavailable)('a record that MongoDB refuses', () => {
  let proxy: SearchProxy;
  const opened: AtlasProcess[] = [];
  beforeAll(async () => {
    proxy = await startSearchProxy(sharedMongo());
  });
  afterAll(() => proxy?.stop());
  afterEach(async () => {
    for (const each of opened.splice(0)) await each.close();
  });

  it.each(['vectorIndex', 'archive'] as const)('by a validation fails alone, where it is the %s', async (part) => {
    const database = freshDatabase();
    const bad = memory('what nobody takes');
    // Before the index is opened, which creates what is missing.
    const client = await MongoClient.connect(sharedMongo());
    await client.db(database).createCollection(EMBEDDINGS, { validator: { memory: { $ne: bad.id } } });
    await client.close();
    const atlas = openAtlas(part === 'archive' ? sharedMongo() : proxy.uri, database, { model });
    opened.push(atlas);
    if (part === 'vectorIndex') await whenReady(atlas);
    const bench = await benches.open({ [part]: atlas.index });
    await bench.create(...among(bad));
    await expectOneToFail(bench, bad, 'failed validation');
    expect(bench.embedder.asked.toSorted()).toEqual(
      among(bad)
        .map(({ content }) => content)
        .toSorted(),
    );
  });
});

describe('a record that was edited by hand where it is stored', () => {
  it.each([
    ['content', 'FAILED'],
    ['metadata', 'READY'],
    ['occurredAt', 'READY'],
  ])('and lost its %s holds up no other', async (field, state) => {
    const bench = await benches.open();
    const bad = memory('what somebody edited');
    await bench.search.close();
    await bench.create(...among(bad));
    inspect(join(dirname(bench.indexPath), 'store.db'), (db) =>
      db.prepare(`UPDATE memories SET doc = json_remove(doc, '$.${field}') WHERE id = ?`).run(bad.id),
    );
    await bench.reopen();
    await until(async () => (await stateOf(bench, bad))?.state === state);
    await bench.search.settled();
    expect(await bench.search.counts()).toMatchObject({ pending: 0, ready: state === 'READY' ? 13 : 12 });
  });
});

describe('a text that Voyage refuses', () => {
  let voyage: VoyageDouble;
  let close: () => Promise<void>;
  const start = async () => {
    voyage = await startVoyage({ poison: 'poison' });
    const client = createVoyageClient(
      { apiKey: voyage.key, model: 'voyage-3-large', baseUrl: voyage.url },
      { retryMs: 1 },
    );
    const embedder = createVoyageEmbedder({ client });
    close = async () => {
      await embedder.close();
      await client.close();
      await voyage.stop();
    };
    return benches.open({ embedder });
  };
  afterEach(() => close());

  it.each([[['poison']], [['poison 1', 'poison 2', 'poison 3', 'poison 4']]])(
    'fails alone, and no text is paid for twice: %j',
    async (texts) => {
      const bench = await start();
      const bad = texts.map((text) => memory(text));
      const good = notes(60);
      await bench.create(...bad.slice(0, 1), ...good.slice(0, 30), ...bad.slice(1), ...good.slice(30));
      await until(async () => (await bench.search.status()).failed === texts.length);
      await bench.search.settled();
      expect(await bench.search.status()).toMatchObject({ searchable: 60, failed: texts.length });
      expect((await stateOf(bench, bad[0]!))?.reason).toContain('A text is refused.');
      const paid = voyage.requests.filter(({ status }) => status === 200).flatMap((request) => request.texts);
      expect(paid.toSorted()).toEqual(good.map(({ content }) => content).toSorted());
    },
  );
});
