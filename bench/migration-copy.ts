import { join } from 'node:path';
import type { Memory } from '../src/domain/memory.js';
import type { Embedder } from '../src/embedding/embedder.js';
import { createMiniLmEmbedder } from '../src/embedding/minilm/minilm.js';
import { copy } from '../src/migration/transfer/copy.js';
import { verify } from '../src/migration/verify/verify.js';
import type { OpenProject } from '../src/modes/contract.js';
import { memories } from '../src/storage/collections.js';
import type { Change, Store } from '../src/storage/store.js';
import { at, benchMemory } from './fixtures.js';
import { type Bench, median, perSecond, type Row } from './measure.js';
import { BATCH, loadOf, readBare, readVectors, writeBare, writeIndex } from './migration-floors.js';
import { createPlaces, type Kind, type Places, SOURCE_EPOCH, TARGET_EPOCH } from './migration-places.js';
import { createRandom, text } from './words.js';

const ROUNDS = 3;
/** This many contents are embedded; the vectors of the rest are found by content, as in the move itself. */
const CONTENTS = 200;
const WORDS = 80;
/** One in this many memories has an earlier version, whose image the log keeps. */
const EDITED = 4;

const PAIRS = [
  { from: 'LOCAL', to: 'FILE', count: 4_000 },
  { from: 'FILE', to: 'LOCAL', count: 4_000 },
  { from: 'LOCAL', to: 'MONGODB', count: 1_500 },
] as const;

/** Copying with the same model, and comparing, against the slower of reading and writing the same by bare drivers. */
export const bench: Bench = async () => {
  const embedder = createMiniLmEmbedder();
  const places = await createPlaces();
  const rows: Row[] = [];
  for (const { from, to, count } of PAIRS) rows.push(...(await measure(places, embedder, from, to, count)));
  await places.close();
  await embedder.close();
  return rows;
};

/** Records a second. */
interface Rates {
  readonly read: number;
  readonly write: number;
  readonly copy: number;
  readonly readAll: number;
  readonly writeAll: number;
  readonly move: number;
  readonly verify: number;
}

async function measure(
  places: Places,
  embedder: Embedder,
  from: Kind,
  to: Kind,
  count: number,
): Promise<readonly Row[]> {
  const source = await places.open(from, SOURCE_EPOCH);
  await fill(source.store, count);
  const searched = await source.search(embedder);
  await searched.search.settled();
  const load = await loadOf(source, await vectorsOf(searched));
  const uri = from === 'MONGODB' || to === 'MONGODB' ? (await places.mongo()).uri : null;
  const rounds: Rates[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const total = load.documents.length + load.entries.length;
    const rateOf = async (work: () => Promise<void> | void) => (total / (await took(work))) * 1_000;
    const name = `bare_${from}_${to}_${round}`;
    const read = await rateOf(() => readBare(from, source.path, uri));
    const write = await rateOf(() => writeBare(to, to === 'MONGODB' ? name : join(places.folder, name), uri, load));
    const [indexRead, indexWritten] = [
      await took(() => void readVectors(searched.indexPath)),
      await took(() => writeIndex(join(places.folder, `${name}.index.db`), load)),
    ];
    const with_ = (rate: number, more: number) => total / (total / rate + more / 1_000);
    rounds.push({
      ...{ read, write, readAll: with_(read, indexRead), writeAll: with_(write, indexWritten) },
      copy: await withTarget(places, to, (target) => rateOf(() => copyAll(source.store, target.store))),
      ...(await withTarget(places, to, async (place) => {
        const target = await place.search(embedder, searched);
        const move = await rateOf(async () => {
          await copyAll(source.store, target.store);
          await target.search.settled();
        });
        const verified = await rateOf(() => verifyAll(searched, target));
        await target.close();
        return { move, verify: verified };
      })),
    });
  }
  await searched.close();
  await source.close();
  return rowsOf(`${from} → ${to}, ${count.toLocaleString('en')} memories`, rounds);
}

function rowsOf(work: string, rounds: readonly Rates[]): readonly Row[] {
  const of = (rate: (each: Rates) => number) => median(rounds.map(rate));
  const row = (what: string, ours: number, floor: number, atLeast: number): Row => {
    return {
      work: `${work}: ${what}`,
      ours: perSecond(ours),
      floor: perSecond(floor),
      ratio: ours / floor,
      goal: { atLeast },
    };
  };
  const [read, write, readAll, writeAll] = [
    of((each) => each.read),
    of((each) => each.write),
    of((each) => each.readAll),
    of((each) => each.writeAll),
  ];
  const move = of((each) => each.move);
  return [
    row(
      'records copied, no index on either side',
      of((each) => each.copy),
      Math.min(read, write),
      0.7,
    ),
    row('copied with the vectors and words of its index, on both sides', move, Math.min(readAll, writeAll), 0.7),
    row(
      'records compared, against copied',
      of((each) => each.verify),
      move,
      1,
    ),
  ];
}

async function withTarget<T>(
  places: Places,
  kind: Kind,
  work: (place: Awaited<ReturnType<Places['open']>>) => Promise<T>,
): Promise<T> {
  const target = await places.open(kind, TARGET_EPOCH);
  try {
    return await work(target);
  } finally {
    await target.close();
  }
}

async function took(work: () => Promise<void> | void): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Copies all of it. Nothing may be rejected. */
export async function copyAll(source: Store, target: Store): Promise<void> {
  const { seq: until } = await source.log.head();
  const onReject = async ({ recordId, reason }: { readonly recordId: string; readonly reason: string }) => {
    throw new Error(`${recordId} was rejected: ${reason}`);
  };
  for await (const _ of copy({ source, target, epoch: TARGET_EPOCH, batchSize: BATCH, from: null, until, onReject }));
}

/** Compares all of it. Nothing may differ. */
async function verifyAll(source: OpenProject, target: OpenProject): Promise<void> {
  const options = {
    from: null,
    repair: null,
    isSameModel: true,
    catchUp: async () => {},
    isRejected: async () => false,
  };
  for await (const { at: place, mismatches } of verify({ source, target, ...options }))
    if (mismatches.length > 0) throw new Error(`${place.collection} differs: ${JSON.stringify(mismatches[0])}`);
}

/** Memories of a few contents, each with its entry, some with a second. */
async function fill(store: Store, count: number): Promise<void> {
  const random = createRandom(7);
  const contents = Array.from({ length: CONTENTS }, () => text(random, WORDS));
  const put = (document: Memory): Change => ({
    ...{ kind: 'put', collection: memories.name, document },
    operation: document.version === 1 ? 'CREATE' : 'UPDATE',
  });
  const context = { epoch: SOURCE_EPOCH, actor: 'bench', requestId: 'fill', at: at(0) };
  for (let start = 0; start < count; start += 500) {
    const made = Array.from({ length: Math.min(500, count - start) }, (_, index) =>
      benchMemory(start + index, 'abcdefgh', { content: contents[(start + index) % CONTENTS]! }),
    );
    await store.commit(made.map(put), context);
    const edited = made.filter((_, index) => index % EDITED === 0);
    await store.commit(
      edited.map((memory) => put({ ...memory, version: 2, metadata: { edited: true } })),
      context,
    );
  }
}

async function vectorsOf({ store, search }: OpenProject): Promise<ReadonlyMap<string, Float32Array>> {
  const all = await store.scan(memories, null, Number.MAX_SAFE_INTEGER);
  const held = await search.vectors.get(all.map(({ id }) => id));
  return new Map(held.map((each) => [each!.id, each!.vectors[0]!.vector]));
}
