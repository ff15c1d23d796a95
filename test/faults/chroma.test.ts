import { once } from 'node:events';
import { createServer, connect as dial, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createChromaIndex } from '../../src/search/chroma/chroma-index.js';
import { type ChromaConnection, createChromaConnection } from '../../src/search/chroma/connection.js';
import { silentLogger } from '../../src/search/contract.js';
import type { IndexedMemory, VectorIndex } from '../../src/search/vectors/vector-index.js';
import { amount } from '../support/extent.js';
import { chromaUnavailable, DATABASE, startChroma, type TestChroma } from '../support/search/chroma.js';
import { type Bench, createBenches, createWordEmbedder, memory } from '../support/search/search.js';
import { until } from '../support/until.js';

/** What happens to replies: none, no connection, no reply ever, half of one, nonsense, or each part of it late. */
type Trouble = 'NONE' | 'REFUSED' | 'HANGS' | 'CUT' | 'GARBAGE' | 'SLOW';

const LATE_MS = 300;

describe.skipIf(chromaUnavailable !== null)('a Chroma server in trouble', () => {
  const benches = createBenches();
  const { model } = createWordEmbedder();
  let chroma: TestChroma;
  let proxy: FaultProxy;
  let connection: ChromaConnection;
  let index: VectorIndex;
  let remote: Bench;
  let local: Bench;
  let projects = 0;

  beforeAll(async () => {
    chroma = await startChroma();
    proxy = await startProxy(chroma.port);
  });
  afterAll(async () => {
    await proxy?.stop();
    await chroma?.stop();
  });
  beforeEach(async () => {
    projects += 1;
    await proxy.turn('NONE');
    connection = createChromaConnection({ url: proxy.url, token: null, ...DATABASE });
    index = createChromaIndex({ connection, projectId: `prj_${projects}`, model, logger: silentLogger });
    remote = await benches.open({ vectorIndex: index });
    local = await benches.open();
  });
  afterEach(async () => {
    await benches.cleanUp();
    connection.close();
  });

  const held = async () => [...(await index.held().catch(() => new Map<string, string>())).keys()].sort();

  it.each<[Trouble, string]>([
    ['REFUSED', 'STORE_UNAVAILABLE'],
    ['HANGS', 'STORE_TIMEOUT'],
    ['CUT', 'STORE_UNAVAILABLE'],
    ['GARBAGE', 'STORE_UNAVAILABLE'],
  ])(
    '%s: its projects are searched by words, others are unaffected, and vectors return without a restart',
    async (trouble, code) => {
      const boat = memory('a boat');
      await remote.create(boat);
      await remote.search.settled();
      await proxy.turn(trouble);

      const later = memory('a later boat');
      await remote.create(later);
      const answer = await remote.ask('boat');
      expect(answer.hits.map(({ id }) => id).sort()).toEqual([boat.id, later.id].sort());
      expect(answer.answeredBy).toBe('TEXT');
      const vector = await remote.embedder.embedQuery('boat');
      await expect(index.search(vector, {}, 1)).rejects.toMatchObject({ code, hint: expect.any(String) });
      await expect(index.held()).rejects.toMatchObject({ code });
      expect(await connection.health()).toMatchObject({ isReachable: false, problems: [expect.any(String)] });

      const house = memory('a house');
      await local.create(house);
      await local.search.settled();
      expect(await local.ask('house')).toMatchObject({ answeredBy: 'HYBRID', hits: [{ id: house.id }] });

      await proxy.turn('NONE');
      await until(async () => (await held()).join() === [boat.id, later.id].sort().join());
      await until(async () => (await remote.ask('boat')).answeredBy === 'HYBRID');
      expect(await remote.search.status()).toMatchObject({ searchable: 2, pending: 0, failed: 0 });
      expect(await connection.health()).toMatchObject({ isReachable: true, problems: [] });
    },
  );

  it('SLOW: everything works', async () => {
    await proxy.turn('SLOW');
    const boat = memory('a boat');
    await remote.create(boat);
    await remote.search.settled();
    expect(await remote.ask('boat')).toMatchObject({ answeredBy: 'HYBRID', hits: [{ id: boat.id }] });
  });

  it('HANGS: a search right after a timeout fails at once, without another request', async () => {
    await index.add([aMemory('a', model.dimensions)]);
    await proxy.turn('HANGS');
    const vector = new Float32Array(model.dimensions).fill(0.1);
    await expect(index.search(vector, {}, 1)).rejects.toMatchObject({ code: 'STORE_TIMEOUT' });
    const { bytes } = proxy;
    await expect(index.search(vector, {}, 1)).rejects.toMatchObject({ code: 'STORE_TIMEOUT' });
    expect(proxy.bytes).toBe(bytes);
  });

  const kills = amount({ quick: 3, all: 10 });
  it(`killed ${kills} times while 4 write: nothing acknowledged is lost, and nothing half-written counts`, async () => {
    const acknowledged = new Map<string, string>();
    for (let round = 0; round < kills; round += 1) {
      let isUp = true;
      let writes = 0;
      const writers = [0, 1, 2, 3].map(async (writer) => {
        for (let n = 0; isUp; n += 1) {
          const own = aMemory(`m${writer}-${n % 5}`, model.dimensions, `${round}-${n}`);
          const isDone = await index.add([own]).then(
            () => true,
            () => false,
          );
          writes += Number(isDone);
          if (isDone) acknowledged.set(own.id, own.hash);
          else acknowledged.delete(own.id);
        }
      });
      while (writes < 10 + round) await delay(5);
      await chroma.kill();
      isUp = false;
      await Promise.all(writers);
      await chroma.restart();
      const whole = await index.held();
      for (const [id, hash] of acknowledged) expect(whole.get(id)).toBe(hash);
    }
    await index.add([...acknowledged].map(([id]) => aMemory(id, model.dimensions, 'last')));
    const whole = await index.held();
    for (const id of acknowledged.keys()) expect(whole.get(id)).toBe('last');
  });
});

function aMemory(id: string, dimensions: number, hash = 'hash'): IndexedMemory {
  const vectors = Array.from({ length: 3 }, (_, n) => {
    const vector = new Float32Array(dimensions);
    vector[n] = 1;
    return { passage: { start: n, end: n + 1 }, vector };
  });
  const fields = { sessionId: null, taskId: null, role: 'USER', occurredAt: '2026-01-01T00:00:00.000Z' } as const;
  return { id, hash, ...fields, metadata: {}, vectors };
}

interface FaultProxy {
  readonly url: string;
  /** Bytes of requests so far. */
  readonly bytes: number;
  /** Sets the fault, for open connections too. */
  turn(trouble: Trouble): Promise<void>;
  stop(): Promise<void>;
}

/** Passes on to a port of this machine, with faults. */
async function startProxy(target: number): Promise<FaultProxy> {
  const sockets = new Set<Socket>();
  let trouble: Trouble = 'NONE';
  let bytes = 0;
  let server = await listen(0);
  const { port } = server.address() as { port: number };

  async function listen(on: number): Promise<Server> {
    const opened = createServer(pass).listen(on, '127.0.0.1');
    await once(opened, 'listening');
    return opened;
  }

  function pass(near: Socket): void {
    const far = dial(target, '127.0.0.1');
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        if (trouble !== 'HANGS') other.destroy();
      });
    }
    near.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      far.write(chunk);
    });
    far.on('data', (chunk: Buffer) => answer(near, chunk));
  }

  function answer(near: Socket, chunk: Buffer): void {
    if (trouble === 'NONE') near.write(chunk);
    if (trouble === 'SLOW') setTimeout(() => near.write(chunk), LATE_MS);
    if (trouble === 'CUT') near.end(chunk.subarray(0, chunk.length - 5), () => near.destroy());
    if (trouble === 'GARBAGE') near.end(Buffer.from(chunk.map((byte) => byte ^ 0x55)));
  }

  async function close(): Promise<void> {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  }

  return {
    url: `http://127.0.0.1:${port}`,
    get bytes() {
      return bytes;
    },
    async turn(next) {
      const wasRefused = trouble === 'REFUSED';
      trouble = next;
      if (wasRefused && next !== 'REFUSED') server = await listen(port);
      if (!wasRefused && next === 'REFUSED') await close();
    },
    stop: close,
  };
}
