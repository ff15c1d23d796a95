import { nextTurn } from '../../../util/async.js';
import { waitForFiles } from '../folder/restore-wait.js';
import { type FolderState, reportUnreadable } from '../folder/state.js';
import { isBeingMoved, isTakingEdits } from './edit-epoch.js';
import type { ChangedFile } from './folder-scan.js';
import type { ManualEdits } from './manual-edits.js';
import { watchFolders } from './watch.js';

/** Takes over what people write into a folder's files: soon after a watch notices it, and by a scan now and then. */
export interface EditFollower {
  /** Scans all files, and takes over what differs. */
  scan(): Promise<void>;
  /**
   * Scans in the background if edits are taken over from now on: those refused while the project was being moved, or
   * routed elsewhere, are taken over once it lives here, whichever process moved it.
   */
  checkRoute(): void;
  close(): void;
}

export interface EditFollowerOptions {
  readonly state: FolderState;
  readonly edits: ManualEdits;
  /** Does work under the folder's lock. */
  readonly locked: <T>(work: () => Promise<T> | T) => Promise<T>;
  /** How often all files are scanned, in milliseconds. Left out: 30 s. */
  readonly scanInterval?: number | undefined;
  /** How long no file may change before missing ones are written again, in milliseconds. Left out: a second. */
  readonly repairQuiet?: number | undefined;
}

const SCAN_INTERVAL = 30_000;
const REPAIR_QUIET = 1_000;
/** The least time between two scans, as a multiple of how long one takes. */
const SCAN_REST = 100;

export function followEdits(options: EditFollowerOptions): EditFollower {
  const { state, edits, locked, scanInterval = SCAN_INTERVAL, repairQuiet = REPAIR_QUIET } = options;
  const { layout, specs, problems } = state;
  let isClosed = false;
  let isTaking = isTakingEdits(state.parts.cache);
  let timer: NodeJS.Timeout | null = null;

  async function take(changed: readonly ChangedFile[]): Promise<void> {
    const found = isClosed ? [] : edits.differing(changed);
    const missing = new Set(found.filter(edits.isMissing));
    const present = found.filter((each) => !missing.has(each));
    if (missing.size > 0) void repair([...missing]).catch(() => undefined);
    if (present.length > 0) await locked(() => edits.take(present, false));
  }

  /**
   * Writes missing files again. A program that restores an older state, such as git, removes the files of later records
   * before it puts the log back: one written in between would be a record again.
   */
  async function repair(missing: readonly ChangedFile[]): Promise<void> {
    await waitForFiles(() => state.lastChangeAt, repairQuiet);
    if (!isClosed) await locked(() => edits.take(missing, false));
  }

  /**
   * While the project is moved here, changes are the move's own and are ignored: the scans report what people write
   * meanwhile, and take it over once the project lives here.
   */
  const isIgnoring = (): boolean => isClosed || isBeingMoved(state.parts.cache);

  async function onChange(changed: readonly ChangedFile[]): Promise<void> {
    if (!isIgnoring()) await take(changed);
  }

  /** Only what differs needs the lock. */
  async function scan(): Promise<void> {
    for (const found of edits.steps()) {
      if (isClosed) return;
      if (found.length > 0) await take(found);
      await nextTurn();
    }
  }

  async function scanWhenTaking(): Promise<void> {
    if (isClosed) return;
    const before = isTaking;
    isTaking = isTakingEdits(state.parts.cache);
    if (isTaking && !before) await scan();
  }

  async function watchAndScan(): Promise<void> {
    watching.watchAll();
    await scan();
  }

  function scanLater(rest: number): void {
    timer = setTimeout(async () => {
      const start = performance.now();
      // A file that can't be scanned now is scanned the next time.
      await watchAndScan().catch(() => undefined);
      if (!isClosed) scanLater(Math.max(scanInterval, (performance.now() - start) * SCAN_REST));
    }, rest).unref();
  }

  const watching = watchFolders(
    layout.folder,
    specs.map(({ name }) => name),
    (changed) => void onChange(changed).catch(() => undefined),
    (collection, dir) => (isIgnoring() ? [] : state.parts.scan.below(collection, dir)),
    reportUnreadable(problems),
    () => {
      state.lastChangeAt = performance.now();
    },
  );
  scanLater(scanInterval);

  return {
    scan,
    checkRoute: () => void scanWhenTaking().catch(() => undefined),
    close() {
      isClosed = true;
      watching.close();
      if (timer) clearTimeout(timer);
    },
  };
}
