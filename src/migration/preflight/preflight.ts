import { StoreError } from '../../domain/errors.js';
import { type IdGenerator, newProjectKey } from '../../domain/id.js';
import type { Preflight, PreflightCheck } from '../../domain/migration.js';
import { type Place, placeFault, placeOf, projectAt } from '../../domain/place.js';
import type { Project } from '../../domain/project.js';
import { withoutTraces } from '../../files/traces.js';
import type { StorageControl, StoredProject } from '../../modes/contract.js';
import type { RepositoryFactory } from '../../repositories/factory.js';
import { isRecordError } from '../errors.js';
import { LOG } from '../transfer/record-stream.js';
import { createCheckList, type Found } from './check-list.js';
import { countProject, embeddingOf, largestOf, type Models, makeEstimate, type Survey } from './estimate.js';
import { findSpace, type Ground, groundOf, overlap } from './target-space.js';
import { readSample, type Trial, tryPlace } from './trial.js';

export interface PreflightParts {
  readonly factory: RepositoryFactory;
  readonly control: Pick<StorageControl, 'check' | 'describe'>;
  readonly newId: IdGenerator;
  readonly now: () => number;
}

/** Looks at everything before the first record is written. */
export interface PreflightRunner {
  /**
   * Nothing stays behind. Never throws for what a check can say.
   * @param trialId of the made-up project that the target is tried with, see `trialIdOf`: what an earlier run with the same
   * one left behind, when its process was killed, is removed. Left out, it is a new one.
   */
  run(project: Project, to: Place, trialId?: string): Promise<Preflight>;
}

type Ends = Pick<Models, 'from' | 'to'>;

/** A move needs room for its index, its vectors and the parts of blocks that stay empty, beside the records themselves. */
const SPACE_FACTOR = 2.5;
const SPACE_BASE = 67_108_864;
/** The most bytes that a store keeps of one record; null where it sets no limit that a record could meet. MongoDB: 16 MiB (Limits and Thresholds). */
const RECORD_LIMITS = { LOCAL: null, MONGODB: 16_777_216, FILE: null } as const;
const REJECTED =
  "Split it into several records, or move with `onReject: CONTINUE`, which leaves behind what can't be copied.";
/** Checks that don't keep one from looking at what lies at the target. */
const OF_EMBEDDING = ['EMBEDDING', 'VECTOR_SEARCH'];

export function createPreflight({ factory, control, newId, now }: PreflightParts): PreflightRunner {
  async function run(project: Project, to: Place, trialId = newId('project', newProjectKey())): Promise<Preflight> {
    const at = new Date(now()).toISOString();
    const steps = createCheckList();
    const described: Ends = { from: control.describe(project.storageMode), to: control.describe(to.mode) };
    const survey = await steps.take('SOURCE', () => lookAtSource(factory, project));
    const target = await steps.take('TARGET', () => lookAtTarget(project, to, described.to));
    const ground = await steps.takeIf(target !== null, 'SAME_PLACE', () => compare(project, to, described));
    if (ground) await steps.add('CONNECT', () => control.check(projectAt(project, to)));
    const models: Models = { ...described, pingMs: steps.list.find(isEmbedding)?.ms ?? null };
    const canLook = ground !== null && steps.list.every(({ name, outcome }) => outcome !== 'FAILED' || isAside(name));
    await steps.takeIf(canLook, 'NAME_CLASH', () => lookForOthers(factory, projectAt(project, to)));
    const bytes = makeEstimate(survey, models, null).bytes;
    await steps.takeIf(canLook && survey !== null, 'SPACE', () => lookForSpace(ground!, bytes, countOf(survey!)));
    await steps.takeIf(survey !== null, 'RECORDS', async () => lookAtRecords(survey!, to.mode));
    const trial = await steps.takeIf(steps.isWell(), 'SAMPLE', async () => {
      const write = () => tryPlace(factory, { project, to, trialId }, survey!.sample);
      const trial = ground!.isFolder ? withoutTraces(ground!.root, write) : write();
      return trial.then((made) => tried(made, survey!), notTaken);
    });
    await steps.takeIf(steps.isWell(), 'EMBEDDING_RATE', async () => sayEmbedding(survey!, models));
    return { at, checks: steps.list, estimate: makeEstimate(survey, models, steps.isWell() ? trial : null) };
  }

  return { run };
}

const isEmbedding = ({ name, outcome }: PreflightCheck) => name === 'EMBEDDING' && outcome === 'PASSED';
const isAside = (name: string) => name === 'SOURCE' || OF_EMBEDDING.includes(name);
const countOf = ({ counts }: Survey) => [...counts.values()].reduce((sum, count) => sum + count, 0);

// — where it is —

async function lookAtSource(factory: RepositoryFactory, project: Project): Promise<Found<Survey>> {
  const open = await factory.at(project);
  const epoch = await open.store.epoch();
  if (epoch !== project.epoch) {
    return {
      outcome: 'FAILED',
      message: `The project's store is under epoch ${epoch}, and its writes are routed by epoch ${project.epoch}.`,
      hint: 'Another move of it is being finished, or its store was brought back from a backup. Try again in a moment; if it stays so, look at `migrations` of the project.',
    };
  }
  const { ok, problems } = await open.store.health();
  if (!ok) {
    return {
      outcome: 'FAILED',
      message: `The project's store has problems: ${problems.slice(0, 3).join(' ')}`,
      hint: 'Mend these first, so that nothing damaged is moved.',
    };
  }
  const survey = { ...(await countProject(open)), sample: await readSample(open.store) };
  const entries = survey.counts.get(LOG) ?? 0;
  const message = `It is healthy, and has ${countOf(survey) - entries} records and ${entries} entries in its log.`;
  return { message, value: survey };
}

/** Where it would be; fails when it is there, or as good as there. */
async function compare(project: Project, to: Place, { from, to: target }: Ends): Promise<Found<Ground>> {
  const here = groundOf(placeOf(project), from);
  const there = groundOf(to, target);
  if (here && there && (await overlap(here, there, project.id))) {
    return {
      outcome: 'FAILED',
      message: `The project lies in ${here.root}, and the new place is the same, or inside it, or around it.`,
      hint: 'Choose another mode or location.',
    };
  }
  return { message: `It would lie in ${there?.root}.`, ...(there && { value: there }) };
}

// — where it is to be —

/** Whether there can be such a place on this server. */
async function lookAtTarget(project: Project, to: Place, { unavailable }: Ends['to']): Promise<Found<true>> {
  const target = projectAt(project, to);
  const fault = placeFault(target);
  if (fault) {
    const message = `The location ${fault.why}.`;
    return { outcome: 'FAILED', message, hint: 'Give a folder as an absolute path, a database by its name.' };
  }
  if (placeOf(target).location !== to.location) {
    return { outcome: 'FAILED', message: `${to.mode} has one place only.`, hint: 'Leave the location out.' };
  }
  if (unavailable) {
    return { outcome: 'FAILED', message: `${to.mode} can't be used: ${unavailable.why}`, hint: unavailable.hint };
  }
  return { message: `${to.mode} can be used on this server.`, value: true };
}

async function lookForOthers(factory: RepositoryFactory, target: Project): Promise<Found<null>> {
  const found = await factory.find(target);
  if (!found) return { message: 'Nothing of the project lies there.' };
  if (found.epoch < 0) {
    const message = 'What an unfinished move of the project left lies there. It will be replaced.';
    return { outcome: 'WARNING', message, hint: null };
  }
  return {
    outcome: 'FAILED',
    message: `A store of the project lies there already${describeStored(found)}.`,
    hint: 'It may be what another move kept, or belong to another server: finalize that move, choose another location, or take what lies there out of the way once you know that nobody needs it.',
  };
}

function describeStored({ epoch, manifest }: StoredProject): string {
  const { name, updatedAt } = manifest ?? {};
  const named = typeof name === 'string' ? `, named "${name}"` : '';
  return `${named}, under epoch ${epoch}${typeof updatedAt === 'string' ? `, its record last changed ${updatedAt}` : ''}`;
}

async function lookForSpace({ root, isFolder }: Ground, bytes: number, count: number): Promise<Found<null>> {
  if (!isFolder) {
    return { outcome: 'SKIPPED', message: "How much room a database has can't be told from here.", hint: null };
  }
  const { free, block } = await findSpace(root).catch((error: unknown) => {
    throw new StoreError('STORE_UNAVAILABLE', `The free space of ${root} can't be read.`, 'Look at the folder.', {
      cause: error,
    });
  });
  const needed = SPACE_FACTOR * bytes + count * block + SPACE_BASE;
  const message = `${megabytes(free)} are free in ${root}, and the move may take ${megabytes(needed)}.`;
  if (free >= needed) return { message };
  return { outcome: 'FAILED', message, hint: 'Free some space there, or choose a location on a larger disk.' };
}

function lookAtRecords({ sample }: Survey, mode: Place['mode']): Found<null> {
  const largest = largestOf(sample);
  if (!largest) return { message: 'There are no records yet.' };
  const limit = RECORD_LIMITS[mode];
  const message = `The largest record of the sample, ${largest.id}, has ${largest.bytes} bytes`;
  if (limit === null) return { message: `${message}; the target sets no limit.` };
  if (largest.bytes < limit) return { message: `${message} of the ${limit} that the target takes.` };
  return {
    outcome: 'WARNING',
    message: `${message}, and the target takes ${limit} at most.`,
    hint: REJECTED,
  };
}

function tried(trial: Trial, { sample }: Survey): Found<Trial> {
  const { documents, entries } = sample;
  const what = `${documents.length} records and ${entries.length} entries of the log`;
  const message =
    documents.length + entries.length === 0
      ? 'A store was made there, opened and removed; there are no records to try it with.'
      : `${what} were read${rate(sample.read.documents)}, written there as a try${rate(trial.write.documents)}, read back the same${rate(trial.read.documents)}, and removed.`;
  return { message, value: trial };
}

/** Of what one record is to blame for, the move itself is told what to do. */
function notTaken(error: unknown): Found<Trial> {
  if (!isRecordError(error)) throw error;
  return {
    outcome: 'WARNING',
    message: `Of the records tried, the target doesn't take all: ${error.message}`,
    hint: REJECTED,
  };
}

function sayEmbedding(survey: Survey, models: Models): Found<null> {
  const { vectors } = survey;
  const { tokens, dollars, seconds } = embeddingOf(survey, models);
  const model = models.to.embedder.name;
  if (models.from.embedder.name === model) return { message: `Vectors are copied: both sides use ${model}.` };
  if (vectors === 0) return { message: 'There are no memories to embed.' };
  const begins = `${vectors} memories are embedded anew with ${model}`;
  if (models.to.dollarsPerMillion === 0) {
    const message = `${begins} on this machine: about ${Math.ceil(seconds)} s, by its usual pace on two cores.`;
    return { message };
  }
  const message = `${begins}: an estimated ${tokens} tokens, and ${Math.ceil(seconds)} s or more, as the provider's limits allow.`;
  if (dollars !== null) return { message: `${message} At the list price that is $${dollars.toFixed(4)}.` };
  const hint = "Look up the model's price before you start.";
  return { outcome: 'WARNING', message: `${message} What they cost isn't known.`, hint };
}

const megabytes = (bytes: number) => `${Math.ceil(bytes / 1_000_000).toLocaleString('en')} MB`;
const rate = (perSecond: number) => (Number.isFinite(perSecond) ? ` (${Math.round(perSecond)}/s)` : '');
