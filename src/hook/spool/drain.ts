import { join } from 'node:path';
import { projectFoldersOf } from '../../util/project-folders.js';
import { type Ask, AskError } from '../ask.js';
import { keep } from '../keep.js';
import { createProject, findProject, type HookProject } from '../projects.js';
import { type SpoolLock, takeLock } from './lock.js';
import { type Spool, type SpoolEntry, sessionIn } from './spool.js';

/** An event that the server won't save for this long, while it saves others, is set aside. */
const PATIENCE_MS = 24 * 60 * 60 * 1_000;

export interface DrainOptions {
  /** @param agent who writes, for the log */
  readonly askAs: (agent: string) => Ask;
  /** Whether no other server may have the projects that this one doesn't: then an event without one needn't wait. */
  readonly isOnlyServer: boolean;
  /** Whether there is time for another event. */
  readonly hasTime: () => boolean;
  readonly now: () => number;
}

/**
 * Tells the server what waits, in order, one process at a time. An event that can't be saved is set aside; one whose store
 * can't be reached keeps those behind it of its session waiting, and no others.
 * @throws AskError when the server can't be reached
 */
export async function drain(spool: Spool, options: DrainOptions): Promise<void> {
  if (spool.list().length === 0) return;
  const lock = takeLock(join(spool.folder, 'lock'));
  if (!lock) return;
  try {
    await drainAll(spool, lock, options);
  } finally {
    lock.release();
  }
}

async function drainAll(
  spool: Spool,
  lock: SpoolLock,
  { askAs, isOnlyServer, hasTime, now }: DrainOptions,
): Promise<void> {
  const projectOf = rememberProjects(askAs, isOnlyServer);
  const waiting = new Set<string>();
  // Others may have added some meanwhile.
  for (
    let names = spool.list();
    names.length > 0;
    names = spool.list().filter((name) => !waiting.has(sessionIn(name)))
  ) {
    for (const name of names) {
      if (!hasTime()) return;
      lock.renew();
      if (waiting.has(sessionIn(name))) continue;
      const entry = spool.read(name);
      if (!entry) {
        spool.setAside(name, 'The file is damaged.');
        continue;
      }
      try {
        const project = await projectOf(entry);
        if (!project && !isOnlyServer)
          throw new AskError('NO_PROJECT', 'No server has the project of its folder.', true);
        if (project) await keep(askAs(entry.agent), project, entry.kept, entry.isSetUp);
      } catch (error) {
        if (error instanceof AskError && STOPS.has(error.code)) throw error;
        // An event of another shape than expected must not stop all others.
        const { code, isPassing } = error instanceof AskError ? error : { code: 'DAMAGED', isPassing: false };
        const isHopeless = !isPassing || now() - Date.parse(entry.at) > PATIENCE_MS;
        if (isHopeless) spool.setAside(name, `${code}: ${error instanceof Error ? error.message : String(error)}`);
        else waiting.add(sessionIn(name));
        continue;
      }
      spool.remove(name);
    }
  }
}

/** What holds for every event: the server can't be reached, or takes none from who asks. */
const STOPS: ReadonlySet<string> = new Set(['UNREACHABLE', 'UNAUTHENTICATED', 'SETUP_REQUIRED']);

/** The projects of folders: many events are of one. */
function rememberProjects(
  askAs: DrainOptions['askAs'],
  mayCreate: boolean,
): (entry: SpoolEntry) => Promise<HookProject | null> {
  const known = new Map<string, HookProject | null>();
  return async ({ kept, isSetUp, agent }) => {
    const found = known.get(kept.cwd);
    if (found) return found;
    const ask = askAs(agent);
    const place = projectFoldersOf(kept.cwd);
    const project =
      (await findProject(ask, place)) ?? (mayCreate && isSetUp && kept.memory ? await createProject(ask, place) : null);
    known.set(kept.cwd, project);
    return project;
  };
}
