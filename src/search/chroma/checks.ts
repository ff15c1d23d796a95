import { randomUUID } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import type { ChromaClient, Collection } from 'chromadb';
import { StoreError } from '../../domain/errors.js';
import type { ChromaSettings } from '../../domain/storage-settings.js';
import { guardedAddress, isLinkLocal } from '../../network/link-local.js';
import type { Check, CheckName } from '../../storage/health.js';
import { withTimeout } from '../../util/async.js';
import { type ChromaAddress, parseChromaAddress } from './address.js';
import { deleteCollection, GRAPH } from './collection.js';
import { type ChromaConnection, COLLECTION_PREFIX, createChromaConnection, heartbeat } from './connection.js';
import { linkLocal, toStoreError } from './errors.js';

/** The result of a step that didn't fail; one that fails throws. */
interface Finding {
  readonly outcome?: 'PASSED' | 'WARNING' | 'SKIPPED';
  readonly message: string;
  readonly hint?: string;
}

interface Step {
  readonly name: CheckName;
  readonly run: () => Promise<Finding>;
}

/** Timeout of a DNS lookup, in ms. */
const LOOKUP_DEADLINE_MS = 3_000;

/** Tests a Chroma server step by step: after a failure the rest is skipped. Leaves nothing on the server. */
export async function checkChroma(settings: ChromaSettings): Promise<readonly Check[]> {
  const connection = createChromaConnection(settings);
  const checks: Check[] = [];
  let isFailed = false;
  try {
    for (const step of stepsOf(settings, connection)) {
      const check: Check = isFailed ? skipped(step.name) : await runStep(step, connection.place);
      isFailed ||= check.outcome === 'FAILED';
      checks.push(check);
    }
  } finally {
    connection.close();
  }
  return checks;
}

async function runStep({ name, run }: Step, place: string): Promise<Check> {
  const start = performance.now();
  const ms = () => performance.now() - start;
  try {
    const { outcome = 'PASSED', message, hint = null } = await run();
    return { name, outcome, ms: ms(), message, hint };
  } catch (error) {
    const { message, hint } = toStoreError(error, place);
    return { name, outcome: 'FAILED', ms: ms(), message, hint };
  }
}

function skipped(name: CheckName): Check {
  return { name, outcome: 'SKIPPED', ms: 0, message: 'An earlier check failed.', hint: null };
}

/** The steps, in their order. */
function stepsOf(settings: ChromaSettings, connection: ChromaConnection): readonly Step[] {
  const probe = `${COLLECTION_PREFIX}probe.${randomUUID()}`;
  const read = () => parseChromaAddress(settings);
  return [
    { name: 'ADDRESS', run: async () => checkAddress(read()) },
    { name: 'DNS', run: () => checkName(read(), settings) },
    { name: 'CONNECT', run: () => checkHeartbeat(connection, read()) },
    { name: 'AUTHENTICATION', run: () => checkListing(connection, settings) },
    { name: 'WRITABLE', run: () => withProbe(connection, probe, checkWriting) },
    { name: 'VECTOR_SEARCH', run: () => withProbe(connection, probe, checkSearching) },
  ];
}

function checkAddress({ origin, isTls, isLoopback }: ChromaAddress): Finding {
  if (isTls || isLoopback) return { message: `The address is ${origin}.` };
  return {
    outcome: 'WARNING',
    message: `The address is ${origin}: vectors are sent without TLS.`,
    hint: 'Use an https:// address, unless you control the network in between.',
  };
}

async function checkName({ host, origin }: ChromaAddress, { isFromEnvironment }: ChromaSettings): Promise<Finding> {
  const name = host.replace(/^\[|\]$/g, '');
  try {
    const found = isFromEnvironment ? lookup(name) : guardedAddress(name);
    const { address } = await withTimeout(found, LOOKUP_DEADLINE_MS, () => {
      throw new Error(`No answer within ${LOOKUP_DEADLINE_MS} ms.`);
    });
    return { message: address === name ? `${name} is an IP address.` : `${name} resolves to ${address}.` };
  } catch (error) {
    if (isLinkLocal(error)) throw linkLocal(origin);
    const hint = "Check the name in CHROMA_URL, and this machine's DNS.";
    throw new StoreError('STORE_UNAVAILABLE', `The name ${name} can't be resolved.`, hint, { cause: error });
  }
}

async function checkHeartbeat(connection: ChromaConnection, { isTls }: ChromaAddress): Promise<Finding> {
  await connection.run(heartbeat);
  return { message: `A Chroma server answers${isTls ? ', over TLS' : ''}.` };
}

/** Heartbeats may be allowed without authentication, so this lists collections. */
async function checkListing(connection: ChromaConnection, { token }: ChromaSettings): Promise<Finding> {
  await connection.collections(COLLECTION_PREFIX);
  return { message: token === null ? 'The server requires no token.' : 'The server accepts the token.' };
}

/** Does work on a temporary collection. */
async function withProbe(
  connection: ChromaConnection,
  name: string,
  work: (collection: Collection) => Promise<Finding>,
): Promise<Finding> {
  const make = (client: ChromaClient) =>
    client.getOrCreateCollection({ name, embeddingFunction: null, configuration: { hnsw: GRAPH } });
  try {
    return await connection.run(async (client) => work(await make(client)));
  } finally {
    await connection.run((client) => deleteCollection(client, name)).catch(() => {});
  }
}

const FIRST = { id: 'probe:1', vector: [1, 0, 0] };
const SECOND = { id: 'probe:2', vector: [0, 1, 0] };

async function fill(collection: Collection): Promise<void> {
  const probes = [FIRST, SECOND];
  await collection.add({ ids: probes.map(({ id }) => id), embeddings: probes.map(({ vector }) => [...vector]) });
}

async function checkWriting(collection: Collection): Promise<Finding> {
  await fill(collection);
  const { ids } = await collection.get({ ids: [FIRST.id], include: [] });
  if (ids[0] !== FIRST.id) throw unsuitable("A probe was written but can't be read.");
  return { message: 'A probe was written, read and removed.' };
}

async function checkSearching(collection: Collection): Promise<Finding> {
  await fill(collection);
  const query = { queryEmbeddings: [[0.6, 0.8, 0]], nResults: 2, include: ['distances' as const] };
  const { ids, distances } = await collection.query(query);
  const isCosine = ids[0]?.[0] === SECOND.id && Math.abs((distances[0]?.[0] ?? Number.NaN) - 0.2) < 1e-4;
  if (!isCosine) throw unsuitable("A search by cosine doesn't find the nearest vector.");
  return { message: 'A search by cosine found the nearest vector.' };
}

function unsuitable(message: string): StoreError {
  return new StoreError('STORE_UNSUITABLE', message, 'Check that the server is Chroma 1.0 or later.');
}
