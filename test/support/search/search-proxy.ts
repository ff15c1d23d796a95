import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type Document, MongoClient, MongoServerError } from 'mongodb';
import { createMongot, type Found, type Mongot } from './search-proxy/mongot.js';
import { Refusal, refusalOf, type ServerKind } from './search-proxy/refusals.js';
import {
  commandNameOf,
  commandOf,
  createSplitter,
  replyTo,
  requestIdOf,
  responseToOf,
  withAddress,
} from './search-proxy/wire.js';

export { fromSearch, Refusal } from './search-proxy/refusals.js';

/**
 * A proxy of a MongoDB server without search that answers search as Atlas does: `$vectorSearch`,
 * `$listSearchIndexes` and the commands that manage search indexes. All else passes through.
 */
export interface SearchProxy {
  readonly uri: string;
  readonly mongot: Mongot;
  /** What kind of server it appears to be. Only `ATLAS` has search. */
  kind: ServerKind;
  /** What happens to the searches that come: an error, no answer ever, a cut connection, or an answer after this many ms. */
  trouble: Refusal | 'HANG' | 'CUT' | number | null;
  /** What is answered instead of the list of search indexes, as while the service that manages them is down. */
  listing: Refusal | null;
  /** How many searches were received, in trouble or not. */
  readonly received: number;
  stop(): Promise<void>;
}

/** Commands that change nothing, however often they come. */
const READS = ['hello', 'isMaster', 'ismaster', 'ping', 'find', 'getMore', 'killCursors', 'endSessions', 'listIndexes'];
const STAGES = ['$vectorSearch', '$listSearchIndexes'] as const;
const COMMANDS = ['getParameter', 'createSearchIndexes', 'updateSearchIndex', 'dropSearchIndex'] as const;
type Command = (typeof COMMANDS)[number];
/** Stages that work on each document alone, and so on some at a time: scores are looked up in a list. */
const EACH_ALONE = ['$project', '$match', '$addFields', '$set', '$unset', '$lookup'];
const AT_A_TIME = 100;
/** Where a document's score is while the rest of the pipeline runs. */
const SCORE = '__vectorSearchScore';

/** `upstream`: URI of a server of one. */
export async function startSearchProxy(upstream: string): Promise<SearchProxy> {
  const client = new MongoClient(upstream, { directConnection: true });
  const target = client.options.hosts[0]!;
  const mongot = createMongot(client);
  const sockets = new Set<Socket>();
  let received = 0;
  const server = createServer(serve);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  // — passing through —

  function serve(driver: Socket): void {
    const far = connect(target.port!, target.host!);
    const writes = new Set<number>();
    for (const socket of [driver, far]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        (socket === driver ? far : driver).destroy();
      });
    }
    const pass = createSplitter((message) => {
      if (!isForSearch(message)) {
        if (!READS.includes(commandNameOf(message) ?? 'hello')) {
          writes.add(requestIdOf(message));
          mongot.noticeWrite();
        }
        far.write(message);
      } else void answer(message, driver);
    });
    const back = createSplitter((message) => {
      if (writes.delete(responseToOf(message))) mongot.noticeWrite();
      driver.write(withAddress(message, address));
    });
    driver.on('data', pass);
    far.on('data', back);
  }

  function isForSearch(message: Buffer): boolean {
    const name = commandNameOf(message);
    // There it is empty, by which a client recognizes that nothing manages indexes.
    if (name === 'getParameter') return proxy.kind === 'ENTERPRISE_7';
    if (name === 'aggregate')
      return STAGES.some((stage) => message.includes(stage)) && stageOf(commandOf(message)) !== null;
    return COMMANDS.includes(name as Command);
  }

  // — answering —

  async function answer(message: Buffer, driver: Socket): Promise<void> {
    const command = commandOf(message);
    const stage = commandNameOf(message) === 'aggregate' ? stageOf(command) : null;
    try {
      if (stage === '$vectorSearch' && (await isLost(command, driver))) return;
      if (stage === '$listSearchIndexes' && proxy.listing) throw proxy.listing;
      const result = await (stage ? aggregate(command, stage) : manage(command, commandNameOf(message) as Command));
      driver.write(replyTo(message, { ...result, ok: 1 }));
    } catch (error) {
      // The server behind can't be reached, so the client is cut off as it would be there.
      if (!(error instanceof Refusal || error instanceof MongoServerError)) return void driver.destroy();
      const { code, codeName, message: errmsg } = error;
      driver.write(replyTo(message, { ok: 0, errmsg, code, codeName }));
    }
  }

  /** Causes the configured fault. True when there is no answer. */
  async function isLost({ maxTimeMS = Number.POSITIVE_INFINITY }: Document, driver: Socket): Promise<boolean> {
    const { trouble } = proxy;
    received += 1;
    if (trouble instanceof Refusal) throw trouble;
    if (trouble === 'CUT') driver.destroy();
    if (typeof trouble === 'number') {
      await delay(Math.min(trouble, maxTimeMS));
      if (trouble > maxTimeMS) throw new Refusal(50, 'MaxTimeMSExpired', 'operation exceeded time limit');
    }
    return trouble === 'CUT' || trouble === 'HANG';
  }

  async function aggregate(command: Document, stage: (typeof STAGES)[number]): Promise<Document> {
    const collection = client.db(command.$db).collection(command.aggregate);
    const refusal = proxy.kind === 'ATLAS' ? null : refusalOf(proxy.kind, stage);
    if (refusal) throw refusal;
    const [first, ...rest] = command.pipeline as Document[];
    if (!first || !(stage in first) || rest.some((each) => '$vectorSearch' in each))
      throw new Refusal(40_602, 'Location40602', `${stage} is only valid as the first stage in a pipeline`);
    if (stage === '$vectorSearch')
      return cursor(collection.namespace, await search(command, first.$vectorSearch, rest));
    const isListed = proxy.kind === 'ATLAS';
    return cursor(collection.namespace, isListed ? mongot.list(collection, first.$listSearchIndexes.name) : []);
  }

  /** The server reads the documents that were found, as they are now, and does the rest of the pipeline. */
  async function search(command: Document, stage: Document, rest: readonly Document[]): Promise<readonly Document[]> {
    const collection = client.db(command.$db).collection(command.aggregate);
    const found = await mongot.search(collection, stage);
    const size = rest.every((each) => EACH_ALONE.some((name) => name in each)) ? AT_A_TIME : Math.max(1, found.length);
    const documents: Document[] = [];
    for (let from = 0; from < found.length; from += size) {
      const pipeline = [
        ...scored(found.slice(from, from + size)),
        ...(withScore(rest) as Document[]),
        { $unset: SCORE },
      ];
      documents.push(...(await collection.aggregate(pipeline, { maxTimeMS: command.maxTimeMS }).toArray()));
    }
    return documents;
  }

  async function manage(command: Document, name: Command): Promise<Document> {
    if (name === 'getParameter') return { searchIndexManagementHostAndPort: '' };
    const collection = client.db(command.$db).collection(command[name]);
    const refusal = proxy.kind === 'ATLAS' ? null : refusalOf(proxy.kind, name);
    if (refusal) throw refusal;
    if (name === 'createSearchIndexes') return mongot.create(collection, command.indexes);
    if (name === 'updateSearchIndex') return mongot.update(collection, command.name, command.definition);
    return mongot.drop(collection, command.name);
  }

  const proxy: SearchProxy = {
    uri: `mongodb://${address}/`,
    mongot,
    kind: 'ATLAS',
    trouble: null,
    listing: null,
    get received() {
      return received;
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      await client.close();
    },
  };
  return proxy;
}

/** The search stage that a pipeline begins with, or holds where it may not. */
function stageOf({ pipeline }: Document): (typeof STAGES)[number] | null {
  const stages = pipeline as Document[];
  return STAGES.find((stage) => stages.some((each) => stage in each)) ?? null;
}

function cursor(ns: string, firstBatch: readonly Document[]): Document {
  return { cursor: { id: 0n, ns, firstBatch } };
}

/** The documents as they are now, each with its score, best first. */
function scored(found: readonly Found[]): readonly Document[] {
  const [ids, scores] = [found.map(({ id }) => id), found.map(({ score }) => score)];
  const score = { $arrayElemAt: [scores, { $indexOfArray: [ids, '$_id'] }] };
  return [{ $match: { _id: { $in: ids } } }, { $addFields: { [SCORE]: score } }, { $sort: { [SCORE]: -1 } }];
}

/** The same stages, with the score where they ask for it. */
function withScore(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withScore);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  if ((value as Document).$meta === 'vectorSearchScore') return `$${SCORE}`;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withScore(each)]));
}
