import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { PRIVATE_FILE } from '../../files/private-files.js';
import { hash, type Kept } from '../event/kept.js';
import type { Whereabouts } from '../servers.js';

/**
 * What hooks couldn't tell the server, a file for each event in a private folder, in the order of their times. A file is
 * complete and durable, or not there at all.
 */
export interface Spool {
  readonly folder: string;
  /** Keeps an event. @throws Error when the disk is full, or the spool is: what it holds is never given up for something newer */
  add(entry: SpoolEntry): void;
  /** The names of its files, the oldest first. */
  list(): readonly string[];
  /** The event in a file; null when it is gone, or damaged. */
  read(name: string): SpoolEntry | null;
  remove(name: string): void;
  /** Sets an event aside that can't be saved, with the reason. */
  setAside(name: string, reason: string): void;
  /** Whether an event of the session waits. */
  holds(sessionKey: string): boolean;
}

/** An event that waits for a server. Its texts have no secrets. */
export interface SpoolEntry {
  readonly kept: Kept;
  /** ISO 8601. */
  readonly at: string;
  /** Whether the agent was set up to capture. */
  readonly isSetUp: boolean;
  /** Name of the agent. */
  readonly agent: string;
}

export const SPOOL_LIMITS = { events: 10_000, bytes: 50 * 1024 * 1024 } as const;

/** Time, session, size, process and count: all that is asked without reading the file. */
const NAME = /^(\d{15})-([\w-]{16})-(\d+)-(\d+)-(\d+)\.json$/;
const TIME_DIGITS = 15;
/** No hook runs for longer. */
const OVERTAKING_MS = 10_000;
const REFUSED = 'refused';
const MAX_REFUSED = 100;
let count = 0;

/** The folder of a spool. Events of servers that were named wait apart: what one server didn't take isn't told another. */
export function spoolFolder({ url, data, home }: Whereabouts): string {
  const named = url ?? data;
  return join(home.spool, named === null ? 'default' : hash(named));
}

/** A spool in a folder, which is made when there is something to keep. */
export function createSpool(folder: string): Spool {
  const list = () =>
    namesIn(folder)
      .filter((name) => NAME.test(name))
      .sort(byTime);
  const path = (name: string) => join(folder, name);

  return {
    folder,
    list,

    add(entry) {
      const text = JSON.stringify(entry);
      const names = list();
      const bytes = names.reduce((sum, name) => sum + Number(NAME.exec(name)![3]), text.length);
      if (names.length >= SPOOL_LIMITS.events || bytes > SPOOL_LIMITS.bytes) throw new Error('the spool is full');
      mkdirSync(folder, { recursive: true, mode: PRIVATE_FOLDER });
      const session = hash(entry.kept.session.key);
      const last = Number(names.findLast((name) => sessionIn(name) === session)?.slice(0, TIME_DIGITS) ?? 0);
      const at = Date.parse(entry.at);
      // Hooks of the same time overtake each other. One from long before the last tells that the clock was set back.
      const time = String(at < last - OVERTAKING_MS ? last + 1 : at).padStart(TIME_DIGITS, '0');
      count += 1;
      const name = `${time}-${session}-${text.length}-${process.pid}-${count}.json`;
      writeDurably(folder, name, text);
    },

    read(name) {
      try {
        const entry = JSON.parse(readFileSync(path(name), 'utf8')) as SpoolEntry;
        return typeof entry.kept.session.key === 'string' && typeof entry.kept.cwd === 'string' ? entry : null;
      } catch {
        return null;
      }
    },

    remove: (name) => rmSync(path(name), { force: true }),

    setAside(name, reason) {
      const refused = join(folder, REFUSED);
      try {
        mkdirSync(refused, { recursive: true, mode: PRIVATE_FOLDER });
        renameSync(path(name), join(refused, name));
        writeDurably(refused, `${name}.reason`, `${reason}\n`);
        const all = namesIn(refused)
          .filter((each) => NAME.test(each))
          .sort(byTime);
        for (const old of all.slice(0, -MAX_REFUSED)) {
          for (const each of [old, `${old}.reason`]) rmSync(join(refused, each), { force: true });
        }
      } catch {
        // Without room for it, it must still not block the others.
        rmSync(path(name), { force: true });
      }
    },

    holds: (sessionKey) => list().some((name) => NAME.exec(name)![2] === hash(sessionKey)),
  };
}

/** The session that a file's event is of. */
export const sessionIn = (name: string): string => NAME.exec(name)?.[2] ?? '';

const PRIVATE_FOLDER = 0o700;

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** By time; of one process, in the order in which it wrote them. */
function byTime(one: string, other: string): number {
  const [, time, , , pid, index] = NAME.exec(one)!;
  const [, otherTime, , , otherPid, otherIndex] = NAME.exec(other)!;
  return Number(time) - Number(otherTime) || Number(pid) - Number(otherPid) || Number(index) - Number(otherIndex);
}

function writeDurably(folder: string, name: string, text: string): void {
  const draft = join(folder, `${name}.draft`);
  const file = openSync(draft, 'wx', PRIVATE_FILE);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
  renameSync(draft, join(folder, name));
  syncFolder(folder);
}

/** The name is durable, too. */
function syncFolder(folder: string): void {
  // Windows opens no folders, and needs no such thing.
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
