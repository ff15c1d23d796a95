import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Environment } from '../config/environment.js';
import { type ProjectFolders, projectFoldersOf } from '../util/project-folders.js';
import { statOf } from '../util/stat.js';
import { answerOf, isIgnored } from './answer.js';
import { type Ask, AskError } from './ask.js';
import { contextFor } from './context.js';
import { type HookEvent, parseEvent } from './event/event.js';
import { type Kept, keptOf, type Receipt } from './event/kept.js';
import { type Connection, connect } from './http-ask.js';
import { keep } from './keep.js';
import { captureOf, createProject, findProject, type HookProject } from './projects.js';
import { createRemembered } from './remembered.js';
import { serversAt, type Whereabouts } from './servers.js';
import { drain } from './spool/drain.js';
import { createSpool, type Spool, spoolFolder } from './spool/spool.js';

export interface HookOptions extends Whereabouts {
  /** For the credential that is sent: see `createEndpoint`. Left out: of nobody. */
  readonly environment?: Environment;
  /** Whether the agent was set up to capture. */
  readonly isSetUp: boolean;
  /** Name of the agent, for the log and the session. */
  readonly agent: string;
  /** Absolute path of the folder whose project the agent works on; null: the one that the event names. */
  readonly folder: string | null;
  /** The event, as the host wrote it. */
  readonly text: string;
  /** How long an agent waits at most, in milliseconds after the start of the process; the default is `HOOK_TIMEOUT`. */
  readonly timeout: number;
  /** Milliseconds since the process started. */
  readonly elapsed: () => number;
  /** Prints the answer. */
  readonly print: (answer: string) => void;
  /** Tells people what happened; hosts show it to nobody. */
  readonly debug: (what: string) => void;
}

export const HOOK_TIMEOUT = 2_000;
/** The parts of this time after which each step has ended. Then there is some left to put the event into the spool. */
const CONTEXT_BY = 0.55;
const DRAIN_BY = 0.65;
const SAVE_BY = 0.8;

/** Answers an event and keeps it: at the server, or in the spool until a server is there. Never throws. */
export async function runHook(options: HookOptions): Promise<void> {
  const { text, folder, debug } = options;
  try {
    const event = parseEvent(text);
    if (!event || isIgnored(event)) return debug('nothing to do for this event');
    // An agent may change its working directory, and stays with its project.
    await handle(folder === null ? event : { ...event, cwd: folder }, options);
  } catch (error) {
    debug(inWords(error));
  }
}

async function handle(event: HookEvent, options: HookOptions): Promise<void> {
  const { home, isSetUp, agent, debug } = options;
  const receipt: Receipt = { at: new Date().toISOString(), agent, ordinal: ordinalOf(event) };
  const kept = keptOf(event, receipt);
  const spool = createSpool(spoolFolder(options));
  const remembered = createRemembered(join(home.path, 'capture'));
  async function wait(): Promise<void> {
    if (!kept) return;
    const capture = remembered.find(event.cwd) ?? captureOf({ capture: null }, isSetUp);
    const isWanted = capture === 'ALL' || (capture === 'MESSAGES' && event.name !== 'PostToolUse');
    if (!isWanted) return debug('nothing is captured here');
    spool.add({ kept: await redacted(kept), at: receipt.at, isSetUp, agent });
    debug(`the event waits for a server, in ${spool.folder}`);
  }

  await tell(event, { kept, spool, wait }, options).catch((error: unknown) => {
    if (error instanceof AskError && !error.isPassing) throw error;
    debug(inWords(error));
    return wait();
  });
}

const inWords = (error: unknown): string => (error instanceof Error ? error.message : String(error));

interface Waiting {
  readonly kept: Kept | null;
  readonly spool: Spool;
  /** Lets the event wait for a server. @throws Error when it can't be written */
  wait(): Promise<void>;
}

/** Tells the server of an event. @throws Error when that isn't done, so that the event has to wait @throws AskError */
async function tell(event: HookEvent, { kept, spool, wait }: Waiting, options: HookOptions): Promise<void> {
  const { agent, isSetUp, elapsed, timeout, print, debug, home } = options;
  const place = projectFoldersOf(event.cwd);
  const server = await reach(place, options);
  const until = (part: number): Ask => server.connection.ask(agent, () => part * timeout - elapsed());
  try {
    const ask = until(SAVE_BY);
    let { project } = server;
    if (project) {
      const context = await contextFor(until(CONTEXT_BY), project, event).catch(({ message }: Error) => debug(message));
      const answer = answerOf(event, context ?? null);
      if (answer) print(JSON.stringify(answer));
      if (answer) debug('the agent is told what Mooring remembers');
    }
    await drain(spool, {
      askAs: (writer) => server.connection.ask(writer, () => SAVE_BY * timeout - elapsed()),
      isOnlyServer: server.isOnly,
      hasTime: () => elapsed() < DRAIN_BY * timeout,
      now: Date.now,
    }).catch((error: unknown) => {
      // A folder that can't be written keeps nothing from the server.
      if (error instanceof AskError) throw error;
      debug(inWords(error));
    });
    if (!kept) return;
    // An event stays behind those of its session that wait. Where it can't, it is saved too early rather than lost.
    if (spool.holds(kept.session.key) && (await succeeds(wait()))) return;
    if (!project && !server.isCertain) throw new AskError('UNREACHABLE', 'Another server may have the project.', true);
    if (!project && isSetUp && kept.memory) project = await createProject(ask, place);
    createRemembered(join(home.path, 'capture')).set(event.cwd, project && captureOf(project, isSetUp));
    if (!project) debug(`no project has the folder ${event.cwd}: nothing is kept`);
    else if (await keep(ask, project, kept, isSetUp)) debug(`the event is kept in ${project.id}, at ${server.url}`);
    else debug(`${project.id} doesn't capture this: nothing is kept`);
  } finally {
    server.connection.close();
  }
}

const succeeds = (work: Promise<void>): Promise<boolean> =>
  work.then(
    () => true,
    () => false,
  );

interface Server {
  readonly url: string;
  readonly connection: Connection;
  readonly project: HookProject | null;
  /** Whether there is no other. */
  readonly isOnly: boolean;
  /** Whether all that may have the project were asked for it: one that hangs may have it. */
  readonly isCertain: boolean;
}

/** The first server that has the place's project; else the first that responds. @throws AskError when none does */
async function reach(place: ProjectFolders, options: HookOptions): Promise<Server> {
  const { agent, elapsed, timeout, debug } = options;
  let first: Pick<Server, 'url' | 'connection' | 'project'> | null = null;
  let isCertain = true;
  const servers = await serversAt(options, options.environment ?? {});
  for (const [index, endpoint] of servers.entries()) {
    const { url } = endpoint;
    const connection = await connect(endpoint);
    try {
      // One that hangs leaves time to ask the others.
      const within = (): number => (SAVE_BY * timeout - elapsed()) / (servers.length - index);
      const project = await findProject(connection.ask(agent, within), place);
      if (project || !first) {
        first?.connection.close();
        first = { url, connection, project };
      } else connection.close();
      if (project) break;
    } catch (error) {
      connection.close();
      if (!(error instanceof AskError && error.isPassing)) throw error;
      isCertain &&= error.isAbsent;
      debug(error.message);
    }
  }
  if (first) return { ...first, isOnly: servers.length === 1, isCertain };
  throw new AskError('UNREACHABLE', 'No server responds.', true);
}

/**
 * How far the conversation has come, as its file says, or when it happened: two hooks that a host runs for one event hear the
 * same. Without both, events without ids can't be told from repetitions.
 */
function ordinalOf({ timestamp, transcript }: HookEvent): string {
  const size = transcript === null ? undefined : statOf(transcript)?.size;
  return size === undefined ? (timestamp ?? randomUUID()) : String(size);
}

/** Without secrets: nothing else may be written to the disk. */
async function redacted(kept: Kept): Promise<Kept> {
  const { redactText } = await import('../secrets/redact.js');
  const textsOf = <T extends object>(fields: T): T =>
    Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? redactText(value).text : value]),
    ) as T;
  // By these, a session and a memory are found again.
  const session = { ...textsOf(kept.session), key: kept.session.key };
  if (!kept.memory) return { ...kept, session };
  const { externalId, metadata } = kept.memory;
  const texts = { ...textsOf(kept.memory), externalId, ...(metadata && { metadata: textsOf(metadata) }) };
  return { ...kept, session, memory: texts };
}
