import { StoreError } from '../domain/errors.js';
import type { SecretPolicy } from '../domain/fields/redaction.js';
import type { PlacedProject } from '../domain/place.js';
import type { Project } from '../domain/project.js';
import type { StorageSettings } from '../domain/storage-settings.js';
import type { SharedEmbedder } from '../embedding/shared-embedder.js';
import type { SearchLogger } from '../search/contract.js';
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

/** One way to store projects: a store, a vector index and an embedder that belong together. */
export interface Mode {
  describe(): Omit<ModeDescription, 'mode'>;
  open(project: Project, options: OpenOptions): Promise<OpenProject>;
  create(project: Project): Promise<void>;
  /** A project's folder; null when there is none. */
  folderOf(project: PlacedProject): string | null;
  destroy(project: PlacedProject, options: DestroyOptions): Promise<void>;
  find(project: PlacedProject): Promise<StoredProject | null>;
  stored(): Promise<readonly StoredProject[]>;
  health(): Promise<StorageHealth>;
  repair(): Promise<readonly string[]>;
  /** Closes the resources that its projects share. They are closed before. */
  close(): Promise<void>;
}

/** Creates a mode, and tests settings for it. */
export interface ModeKind {
  /** The settings that it uses: while none of these changes, the mode is kept. */
  readonly uses: readonly (keyof StorageSettings)[];
  /** Loads the mode's dependencies, if it is configured. */
  create(settings: StorageSettings, parts: ModeParts): Promise<Mode>;
  /** The settings for a project with a place of its own. */
  at(settings: StorageSettings, location: string): StorageSettings;
  test(settings: StorageSettings, parts: ModeParts): Promise<readonly Check[]>;
}

/** Resources that the modes share. */
export interface ModeParts {
  /** The folder with all data. */
  readonly dataDirectory: string;
  /** Writes SQLite files. */
  readonly writer: Writer;
  /** all-MiniLM-L6-v2, in this process, for all projects. */
  readonly miniLm: SharedEmbedder;
  /** Whether every outgoing connection is forbidden. */
  readonly offline: boolean;
  readonly logger: SearchLogger;
  /** Share this thread between reads and requests. */
  readonly turns: Turns;
  /** Runs slow reads in a thread of its own. */
  readonly reader: Reader;
  /** What is done about secrets in files that people edit, in projects without a policy of their own. */
  readonly secrets: SecretPolicy;
  /** Called with the cost of embeddings. */
  readonly onUsage: (usage: EmbeddingUsage) => void;
  /** Called with every statement a store's reads run. For tests. */
  readonly onStatement: ((statement: string) => void) | undefined;
}

/** Usage of one or more requests to a provider of embeddings. */
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

/** A check that fails before anything is tested, and why. */
export function refused(name: Check['name'], { why, hint }: Unavailable): Check {
  return { name, outcome: 'FAILED', ms: 0, message: why, hint };
}

/** Why no other program is contacted, not even one on this machine. */
export const OFFLINE: Unavailable = {
  why: 'MOORING_OFFLINE forbids every outgoing connection.',
  hint: 'Start the server without MOORING_OFFLINE, or keep the project as LOCAL or FILE.',
};

/** A check that offline mode forbids. */
export const forbidden = (name: Check['name']): Check => refused(name, OFFLINE);

/** A mode that can't be used: every operation is refused with the reason. */
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
