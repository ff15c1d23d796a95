import { isSamePosition, type LogPosition } from '../../domain/log-position.js';
import type { Migration } from '../../domain/migration.js';
import { type Place, projectAt } from '../../domain/place.js';
import type { Project } from '../../domain/project.js';
import { stampAfter } from '../../domain/record.js';
import type { RepositoryFactory } from '../../repositories/factory.js';
import { projects } from '../../storage/collections.js';
import type { Change } from '../../storage/store.js';
import { withTimeout } from '../../util/async.js';
import { claim, findProject, placesOf, type Route } from '../route.js';
import { SOURCE, TARGET } from '../runner/checkpoint.js';
import type { MigrationRecord } from '../runner/leased-record.js';

/**
 * The flip: writes to the project wait while the last entries are replayed and the catalog routes it to the other side.
 *
 * By epochs, with the project routed by epoch e: the live store goes to e+1, which nobody holds; the other store goes to
 * e+2; one commit of the catalog routes the project by e+2. Giving up is another commit of the catalog, to e+3, before the
 * live store follows. Both commits require the project at e and the migration as its runner left it, so they exclude each
 * other, whichever process wakes up late.
 */
export interface FlipParts {
  readonly factory: RepositoryFactory;
  readonly record: MigrationRecord;
  readonly route: Route;
  /** Replays the rest of the log and compares it. @returns the last entry that was replayed */
  readonly replay: () => Promise<LogPosition>;
  /** What the flip changes in the migration's record. @param fenceMs how long writes waited */
  readonly flipped: (end: LogPosition, fenceMs: number) => Partial<Migration>;
  /** Called before each step. */
  readonly onStep: (name: string) => Promise<void>;
  /** Milliseconds after which it gives up. Left out: 5,000. */
  readonly limitMs?: number;
}

export type FlipResult = { readonly hasFlipped: true } | { readonly hasFlipped: false; readonly why: unknown };

/** How long writes may wait, in ms. After that they continue where they are, and the flip is tried again later. */
const LIMIT_MS = 5_000;

/** Flips the project to the other side, or gives up in time and leaves it where it lives. */
export async function flip(parts: FlipParts): Promise<FlipResult> {
  const { record, route, onStep, limitMs = LIMIT_MS } = parts;
  const epoch = route.project.epoch;
  // From here on, a runner that takes over knows that a fence may be up.
  await record.write(({ checkpoint }) => ({
    phase: 'CUTTING_OVER',
    checkpoint: { ...checkpoint, epoch, isFenced: true },
  }));
  const deadline = performance.now() + limitMs;
  try {
    await withTimeout(fenceAndFlip(parts, epoch, deadline), limitMs, () => {
      throw new Error("The cut-over couldn't be done in time.");
    });
    return { hasFlipped: true };
  } catch (why) {
    await onStep('give-up');
    if (await giveUp(parts.factory, record)) return { hasFlipped: false, why };
    // The flip took place after all: only its acknowledgement was lost.
    return { hasFlipped: true };
  }
}

async function fenceAndFlip(parts: FlipParts, epoch: number, deadline: number): Promise<void> {
  const { factory, record, route, replay, flipped, onStep } = parts;
  const { live, other } = route;
  const requireTime = () => {
    if (performance.now() > deadline) throw new Error('The cut-over took too long.');
  };
  await onStep('fence');
  const start = performance.now();
  requireTime();
  await setEpoch(live.store, epoch, epoch + 1);
  await onStep('fenced');
  const end = await replay();
  for (const [whose, { store }] of [
    [SOURCE, live],
    [TARGET, other],
  ] as const) {
    const head = await store.log.head();
    if (!isSamePosition(head, end)) throw new Error(otherEnd(whose, head, end));
  }
  await onStep('target-epoch');
  requireTime();
  await setEpoch(other.store, -record.current.runner.token, epoch + 2);
  await onStep('flip');
  requireTime();
  const { other: to } = placesOf(record.current);
  const change = (current: Migration): Partial<Migration> => {
    if (current.isPaused || current.requestedAction === 'CANCEL') throw new Error('It was paused or cancelled.');
    return flipped(end, performance.now() - start);
  };
  await commitFlip(factory, record, { epoch, to, change });
  await onStep('flipped');
}

function otherEnd(whose: string, head: LogPosition, end: LogPosition): string {
  if (head.seq !== end.seq)
    return `${whose} ends at entry ${head.seq} of its log, and entry ${end.seq} should be its last.`;
  return `${whose} ends at another entry ${end.seq} than the replayed one.`;
}

async function setEpoch(store: Route['live']['store'], from: number, to: number): Promise<void> {
  if (await store.setEpoch(from, to)) return;
  throw new Error(`A store is under epoch ${await store.epoch()} instead of ${from}.`);
}

interface FlipCommit {
  readonly epoch: number;
  readonly to: Place;
  readonly change: (current: Migration) => Partial<Migration>;
}

/** One commit: the project lives at the other place, and the migration says so. */
async function commitFlip(
  factory: RepositoryFactory,
  record: MigrationRecord,
  { epoch, to, change }: FlipCommit,
): Promise<void> {
  await reroute(factory, record, epoch, change, (project) => ({ ...projectAt(project, to), epoch: epoch + 2 }));
}

/**
 * One commit: the project stays where it is, under a new epoch, and no flip in progress can complete any more.
 * @returns false when it had flipped already
 */
async function giveUp(factory: RepositoryFactory, record: MigrationRecord): Promise<boolean> {
  const { projectId, checkpoint } = await record.read();
  const { epoch } = checkpoint;
  const project = await findProject(factory, projectId);
  if (project.epoch === epoch + 2) return false;
  const next = epoch + 3;
  await reroute(
    factory,
    record,
    epoch,
    ({ checkpoint: known }) => ({ phase: 'CATCHING_UP', checkpoint: { ...known, epoch: next } }),
    (before) => ({ ...before, epoch: next }),
  ).catch(async (error: unknown) => {
    const now = await findProject(factory, projectId);
    // It was written and only its acknowledgement lost, or the flip came first.
    if (now.epoch !== next && now.epoch !== epoch + 2) throw error;
  });
  return (await findProject(factory, projectId)).epoch === next;
}

/**
 * Concludes a flip that was interrupted or given up: it can't take place any more, and writes continue where the project
 * lives. Nothing else is done before this.
 */
export async function concludeFlip(factory: RepositoryFactory, record: MigrationRecord): Promise<Migration> {
  if ((await record.read()).phase === 'CUTTING_OVER' && !(await giveUp(factory, record))) return record.current;
  const project = await findProject(factory, record.current.projectId);
  await claim(await factory.at(project), project.epoch, record);
  return record.write(({ checkpoint }) => ({ checkpoint: { ...checkpoint, isFenced: false } }));
}

/** Writes the project's record with the migration's, if it is still routed by this epoch. Other fields may change meanwhile. */
async function reroute(
  factory: RepositoryFactory,
  record: MigrationRecord,
  epoch: number,
  change: (current: Migration) => Partial<Migration>,
  routed: (project: Project) => Project,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const before = await findProject(factory, record.current.projectId);
    if (before.epoch !== epoch) throw new Error(`The project is routed by epoch ${before.epoch} instead of ${epoch}.`);
    const at = new Date().toISOString();
    const document = { ...routed(before), ...stampAfter(before, at) };
    const put: Change = { kind: 'put', collection: projects.name, operation: 'UPDATE', document };
    try {
      await record.write(change, [put]);
      return;
    } catch (error) {
      const now = await findProject(factory, record.current.projectId);
      // Another field changed, such as the project's name: try again with it.
      if (now.version === before.version || now.epoch !== epoch || attempt === MAX_ATTEMPTS) throw error;
    }
  }
}

/** Each lost race means that another write changed the project's record. */
const MAX_ATTEMPTS = 50;
