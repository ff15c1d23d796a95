import { StoreError } from '../domain/errors.js';
import type { PlacedProject } from '../domain/place.js';
import type { Project } from '../domain/project.js';
import type { StorageSettings } from '../domain/storage-settings.js';
import type { SharedEmbedder } from '../embedding/shared-embedder.js';
import type { SearchLogger } from '../search/search.js';
import type { Check, StorageHealth } from '../storage/health.js';
import type { Reader } from '../storage/sqlite/reader.js';
import type { Writer } from '../storage/sqlite/writer.js';
import type { Turns } from '../util/turn.js';
import type {
  DestroyOptions,
  ModeDescription,
  OpenOptions,
  OpenProject,
  StoredProject,
  Unavailable,
} from './contract.js';

/** One way to keep projects: a store, an index of vectors and an embedder that go together. */
export interface Mode {
  describe(): Omit<ModeDescription, 'mode'>;
  open(project: Project, options: OpenOptions): Promise<OpenProject>;
  create(project: Project): Promise<void>;
  /** The folder that is made of a project; null when there is none. */
  folderOf(project: PlacedProject): string | null;
  destroy(project: PlacedProject, options: DestroyOptions): Promise<void>;
  find(project: PlacedProject): Promise<StoredProject | null>;
  stored(): Promise<readonly StoredProject[]>;
  health(): Promise<StorageHealth>;
  repair(): Promise<readonly string[]>;
  /** Lets go of what its projects share. They are closed by then. */
  close(): Promise<void>;
}

/** Makes a mode, and tries out settings for it. */
export interface ModeKind {
  /** Which of the settings it is made from: when none of these changed, it stays as it is. */
  readonly uses: readonly (keyof StorageSettings)[];
  /** What the mode needs is loaded only now, and only when it is configured. */
  create(settings: StorageSettings, parts: ModeParts): Promise<Mode>;
  /** The settings as they are for a project with a place of its own. */
  at(settings: StorageSettings, location: string): StorageSettings;
  test(settings: StorageSettings, parts: ModeParts): Promise<readonly Check[]>;
}

/** What the modes share. */
export interface ModeParts {
  /** The folder that all data is in. */
  readonly dataDirectory: string;
  /** Of SQLite's files. */
  readonly writer: Writer;
  /** all-MiniLM-L6-v2, in this process, for all projects. */
  readonly miniLm: SharedEmbedder;
  /** Whether every outgoing connection is forbidden. */
  readonly offline: boolean;
  readonly logger: SearchLogger;
  /** By which reads share this thread with requests. */
  readonly turns: Turns;
  /** Reads in a thread of its own what would take long here. */
  readonly reader: Reader;
  /** Hears what embeddings cost. */
  readonly onUsage: (usage: EmbeddingUsage) => void;
  /** Hears of every statement that a read of a store runs; for tests that count them. */
  readonly onStatement: ((statement: string) => void) | undefined;
}

/** What one or more requests to a provider of embeddings took. */
export interface EmbeddingUsage {
  readonly projectId: string;
  readonly model: string;
  readonly requests: number;
  readonly tokens: number;
  /** null when the price isn't known. */
  readonly dollars: number | null;
}

/** The epoch of a store that never moved. */
export const FIRST_EPOCH = 1;

/** A check that fails before anything is tried out, and why. */
export function refused(name: Check['name'], { why, hint }: Unavailable): Check {
  return { name, outcome: 'FAILED', ms: 0, message: why, hint };
}

/** Why nothing is asked of another program, not even one on this machine. */
export const OFFLINE: Unavailable = {
  why: 'MOORING_OFFLINE forbids every outgoing connection.',
  hint: 'Start the server without MOORING_OFFLINE, or keep the project as LOCAL or FILE.',
};

/** A check that isn't made. */
export const forbidden = (name: Check['name']): Check => refused(name, OFFLINE);

/** A mode that can't be used: whatever it is asked to do is refused with the reason. */
export function createUnconfiguredMode(
  unavailable: Unavailable,
  parts: Pick<ModeDescription, 'embedder' | 'dollarsPerMillion' | 'vectorSearch'>,
): Mode {
  const refuse = async (): Promise<never> => {
    throw new StoreError('STORE_UNAVAILABLE', `The project can't be reached: ${unavailable.why}`, unavailable.hint);
  };
  return {
    describe: () => ({ unavailable, place: null, ...parts }),
    open: refuse,
    create: refuse,
    folderOf: () => null,
    destroy: refuse,
    find: refuse,
    stored: refuse,
    health: refuse,
    repair: refuse,
    close: async () => {},
  };
}
