import { StoreError } from '../../domain/errors.js';
import { type IdGenerator, newProjectKey } from '../../domain/id.js';
import type { Preflight, PreflightCheck } from '../../domain/migration.js';
import { type Place, placeFault, placeOf, projectAt } from '../../domain/place.js';
import type { Project } from '../../domain/project.js';
import { withoutTraces } from '../../files/without-traces.js';
import type { StorageControl, StoredProject } from '../../modes/contract.js';
import type { RepositoryFactory } from '../../repositories/factory.js';
import { grouped } from '../../util/text/grouped.js';
import { isRecordError } from '../errors.js';
import { LOG } from '../transfer/record-stream.js';
import { type CheckResult, createCheckList } from './check-list.js';
import { countProject, embeddingOf, largestOf, type Models, makeEstimate, type Survey } from './estimate.js';
import { findSpace, type Ground, groundOf, overlap } from './target-space.js';
import { readSample, type Trial, tryPlace } from './trial.js';

export interface PreflightParts {
  readonly factory: RepositoryFactory;
  readonly control: Pick<StorageControl, 'check' | 'describe'>;
  readonly newId: IdGenerator;
  readonly now: () => number;
}

/** Checks everything before the first record is written. */
export interface PreflightRunner {
  /**
   * Leaves nothing behind. What is wrong with either place is the result of a check, not an error.
   * @param trialId id of the trial project, see `trialIdOf`: what an earlier run with the same id left behind when its process
   * was killed is removed. Left out: a new one.
   */
  run(project: Project, to: Place, trialId?: string): Promise<Preflight>;
}

type Ends = Pick<Models, 'from' | 'to'>;

/** Disk space needed in relation to the records' bytes, and in addition: for the index, vectors and partly filled blocks. */
const SPACE_FACTOR = 2.5;
const SPACE_BASE = 67_108_864;
/** The largest record that a store accepts, in bytes; null where no record can reach its limit. MongoDB: 16 MiB (Limits and Thresholds). */
const RECORD_LIMITS = { LOCAL: null, MONGODB: 16_777_216, FILE: null } as const;
const REJECTED =
  "Split it into several records, or move with `onReject: CONTINUE`, which leaves behind records that can't be copied.";
/** Checks whose failure doesn't prevent reading what is stored at the target. */
const OF_EMBEDDING = ['EMBEDDING', 'VECTOR_SEARCH'];

export function createPreflight({ factory, control, newId, now }: PreflightParts): PreflightRunner {
  async function run(project: Project, to: Place, trialId = newId('project', newProjectKey())): Promise<Preflight> {
    const at = new Date(now()).toISOString();
    const checks = createCheckList();
    const described: Ends = { from: control.describe(project.storageMode), to: control.describe(to.mode) };
    const survey = await checks.take('SOURCE', () => checkSource(factory, project));
    const target = await checks.take('TARGET', () => checkTarget(project, to, described.to));
    const ground = await checks.takeIf(target !== null, 'SAME_PLACE', () => checkOverlap(project, to, described));
    if (ground) await checks.add('CONNECT', () => control.check(projectAt(project, to)));
    const models: Models = { ...described, pingMs: checks.list.find(isEmbedding)?.ms ?? null };
    const canRead = ground !== null && checks.list.every(({ name, outcome }) => outcome !== 'FAILED' || canFail(name));
    await checks.takeIf(canRead, 'NAME_CLASH', () => checkNameClash(factory, projectAt(project, to)));
    const bytes = makeEstimate(survey, models, null).bytes;
    await checks.takeIf(canRead && survey !== null, 'SPACE', () => checkSpace(ground!, bytes, countOf(survey!)));
    await checks.takeIf(survey !== null, 'RECORDS', async () => checkRecords(survey!, to.mode));
    const trial = await checks.takeIf(checks.isPassing(), 'SAMPLE', async () => {
      const write = () => tryPlace(factory, { project, to, trialId }, survey!.sample);
      const trial = ground!.isFolder ? withoutTraces(ground!.root, write) : write();
      return trial.then((made) => describeTrial(made, survey!), trialRefused);
    });
    await checks.takeIf(checks.isPassing(), 'EMBEDDING_RATE', async () => describeEmbedding(survey!, models));
    return { at, checks: checks.list, estimate: makeEstimate(survey, models, checks.isPassing() ? trial : null) };
  }

  return { run };
}

const isEmbedding = ({ name, outcome }: PreflightCheck) => name === 'EMBEDDING' && outcome === 'PASSED';
const canFail = (name: string) => name === 'SOURCE' || OF_EMBEDDING.includes(name);
const countOf = ({ counts }: Survey) => [...counts.values()].reduce((sum, count) => sum + count, 0);

// — the source —

async function checkSource(factory: RepositoryFactory, project: Project): Promise<CheckResult<Survey>> {
  const open = await factory.at(project);
  const epoch = await open.store.epoch();
  if (epoch !== project.epoch) {
    return {
      outcome: 'FAILED',
      message: `The project's store is under epoch ${epoch}, and its writes are routed by epoch ${project.epoch}.`,
      hint: 'Another move of it is being completed, or its store was restored from a backup. Try again in a moment; if this persists, check `migrations` of the project.',
    };
  }
  const { ok, problems } = await open.store.health();
  if (!ok) {
    return {
      outcome: 'FAILED',
      message: `The project's store has problems: ${problems.slice(0, 3).join(' ')}`,
      hint: 'Fix these first, so that nothing damaged is moved.',
    };
  }
  const survey = { ...(await countProject(open)), sample: await readSample(open.store) };
  const entries = survey.counts.get(LOG) ?? 0;
  const message = `It is healthy, with ${countOf(survey) - entries} records and ${entries} log entries.`;
  return { message, value: survey };
}

/** Finds the place at the target. Fails if it overlaps the place of the project. */
async function checkOverlap(project: Project, to: Place, { from, to: target }: Ends): Promise<CheckResult<Ground>> {
  const here = groundOf(placeOf(project), from);
  const there = groundOf(to, target);
  if (here && there && (await overlap(here, there, project.id))) {
    return {
      outcome: 'FAILED',
      message: `The project is stored in ${here.root}; the new place is the same, inside it, or contains it.`,
      hint: 'Choose another mode or location.',
    };
  }
  return { message: `It would be stored in ${there?.root}.`, ...(there && { value: there }) };
}

// — the target —

/** Whether this server can have such a place. */
async function checkTarget(project: Project, to: Place, { unavailable }: Ends['to']): Promise<CheckResult<true>> {
  const target = projectAt(project, to);
  const fault = placeFault(target);
  if (fault) {
    const message = `The location ${fault.why}.`;
    return { outcome: 'FAILED', message, hint: 'Give the absolute path of a folder, or the name of a database.' };
  }
  if (placeOf(target).location !== to.location) {
    return { outcome: 'FAILED', message: `${to.mode} has only one place.`, hint: 'Leave out the location.' };
  }
  if (unavailable) {
    return { outcome: 'FAILED', message: `${to.mode} can't be used: ${unavailable.why}`, hint: unavailable.hint };
  }
  return { message: `${to.mode} can be used on this server.`, value: true };
}

async function checkNameClash(factory: RepositoryFactory, target: Project): Promise<CheckResult<null>> {
  const found = await factory.find(target);
  if (!found) return { message: 'Nothing of the project is stored there.' };
  if (found.epoch < 0) {
    const message = 'An unfinished move of the project left data there. It will be replaced.';
    return { outcome: 'WARNING', message, hint: null };
  }
  return {
    outcome: 'FAILED',
    message: `A store of the project already exists there${describeStored(found)}.`,
    hint: 'Another move may have kept it, or it may belong to another server: finalize that move, choose another location, or move that store elsewhere once you know that it is not in use.',
  };
}

function describeStored({ epoch, manifest }: StoredProject): string {
  const { name, updatedAt } = manifest ?? {};
  const named = typeof name === 'string' ? `, named "${name}"` : '';
  return `${named}, under epoch ${epoch}${typeof updatedAt === 'string' ? `, its record last changed ${updatedAt}` : ''}`;
}

async function checkSpace({ root, isFolder }: Ground, bytes: number, count: number): Promise<CheckResult<null>> {
  if (!isFolder) {
    return { outcome: 'SKIPPED', message: "The free space of a database isn't known here.", hint: null };
  }
  const { free, block } = await findSpace(root).catch((error: unknown) => {
    throw new StoreError('STORE_UNAVAILABLE', `The free space of ${root} can't be read.`, 'Check the folder.', {
      cause: error,
    });
  });
  const needed = SPACE_FACTOR * bytes + count * block + SPACE_BASE;
  const message = `${megabytes(free)} are free in ${root}; the move may need ${megabytes(needed)}.`;
  if (free >= needed) return { message };
  return { outcome: 'FAILED', message, hint: 'Free some space there, or choose a location on a larger disk.' };
}

function checkRecords({ sample }: Survey, mode: Place['mode']): CheckResult<null> {
  const largest = largestOf(sample);
  if (!largest) return { message: 'The project has no records yet.' };
  const limit = RECORD_LIMITS[mode];
  const message = `The largest record of the sample, ${largest.id}, has ${largest.bytes} bytes`;
  if (limit === null) return { message: `${message}; the target has no limit.` };
  if (largest.bytes < limit) return { message: `${message}; the limit of the target is ${limit}.` };
  return {
    outcome: 'WARNING',
    message: `${message}; the target only accepts smaller ones than ${limit} bytes.`,
    hint: REJECTED,
  };
}

function describeTrial(trial: Trial, { sample }: Survey): CheckResult<Trial> {
  const { documents, entries } = sample;
  const what = `${documents.length} records and ${entries.length} entries of the log`;
  const message =
    documents.length + entries.length === 0
      ? 'A store was created there, opened and removed; the project has no records to try.'
      : `${what} were read${rate(sample.read.documents)}, written there as a trial${rate(trial.write.documents)}, read back the same${rate(trial.read.documents)}, and removed.`;
  return { message, value: trial };
}

/** A record that the target refuses doesn't prevent the move: `onReject` decides about it. */
function trialRefused(error: unknown): CheckResult<Trial> {
  if (!isRecordError(error)) throw error;
  return {
    outcome: 'WARNING',
    message: `The target refused a record of the trial: ${error.message}`,
    hint: REJECTED,
  };
}

function describeEmbedding(survey: Survey, models: Models): CheckResult<null> {
  const { vectors } = survey;
  const { tokens, dollars, seconds } = embeddingOf(survey, models);
  const model = models.to.embedder.name;
  if (models.from.embedder.name === model) return { message: `Vectors are copied: both sides use ${model}.` };
  if (vectors === 0) return { message: 'The project has no memories to embed.' };
  const begins = `${vectors} memories are embedded again, with ${model}`;
  if (models.to.dollarsPerMillion === 0) {
    const message = `${begins} on this machine: about ${Math.ceil(seconds)} s, as measured on two cores.`;
    return { message };
  }
  const message = `${begins}: an estimated ${tokens} tokens, and at least ${Math.ceil(seconds)} s within the provider's limits.`;
  if (dollars !== null) return { message: `${message} At the list price that is $${dollars.toFixed(4)}.` };
  const hint = "Look up the model's price before you start.";
  return { outcome: 'WARNING', message: `${message} Their price isn't known.`, hint };
}

const megabytes = (bytes: number) => `${grouped(Math.ceil(bytes / 1_000_000))} MB`;
const rate = (perSecond: number) => (Number.isFinite(perSecond) ? ` (${Math.round(perSecond)}/s)` : '');
