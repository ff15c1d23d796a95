import { saidBy } from '../domain/errors.js';
import type { Project, StorageMode } from '../domain/project.js';
import type { OpenProject } from './contract.js';

/** Problems of projects, for the health of their mode. */
export interface ProjectFaults {
  /** Opens a project, and records its failure, or watches the open project until it is closed. */
  watch(project: Project, open: () => Promise<OpenProject>): Promise<OpenProject>;
  /** The problems, a sentence each. @param known problems of the mode, which aren't repeated for its memories */
  of(mode: StorageMode, known: readonly string[]): Promise<readonly string[]>;
}

/** How long a project that failed to open counts in its mode's health, in ms, unless it opens before. */
const FAILED_MS = 60_000;

export function createProjectFaults(): ProjectFaults {
  /** Projects that failed to open at the last request. */
  const failed = new Map<string, { readonly mode: StorageMode; readonly message: string; readonly at: number }>();
  const opened = new Map<OpenProject, StorageMode>();

  async function watch({ id, storageMode: mode }: Project, open: () => Promise<OpenProject>): Promise<OpenProject> {
    try {
      const { store, search } = await open();
      failed.delete(id);
      const watched: OpenProject = {
        store,
        search: {
          ...search,
          close: () => {
            opened.delete(watched);
            return search.close();
          },
        },
      };
      opened.set(watched, mode);
      return watched;
    } catch (error) {
      failed.set(id, { mode, message: `The project ${id} can't be opened: ${saidBy(error)}.`, at: performance.now() });
      throw error;
    }
  }

  /** Outages that prevent embedding, each reported once for all affected projects. */
  async function embeddingFaults(mode: StorageMode, known: readonly string[]): Promise<readonly string[]> {
    const own = [...opened].filter((each) => each[1] === mode).map(([{ search }]) => search.outage().catch(() => null));
    const messages = new Set((await Promise.all(own)).filter((message) => message !== null));
    const others = [...messages].filter(
      (message) => !known.some((problem) => problem.startsWith(message.replace(/\.$/, ''))),
    );
    return others.map((message) => `Memories wait for their vectors: ${message}`);
  }

  return {
    watch,
    async of(mode, known) {
      for (const [id, { at }] of failed) if (performance.now() - at > FAILED_MS) failed.delete(id);
      const failures = [...failed.values()].filter((each) => each.mode === mode).map(({ message }) => message);
      return [...failures, ...(await embeddingFaults(mode, known))];
    },
  };
}
