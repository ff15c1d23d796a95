import { join, relative } from 'node:path';
import { parseId, type RecordKind } from '../../../domain/id.js';
import { latest, type RecordBase, SYSTEM_FIELDS, stampAfter, timeAfter } from '../../../domain/record.js';
import { initialFields, withDerivedFields } from '../../../domain/stored-record.js';
import { isOfDescriptors } from '../../../files/descriptors.js';
import { isEqual, type JsonObject } from '../../../util/json/json.js';
import type { StoreWrite } from '../../shared/writes.js';
import type { Cache } from '../cache/cache.js';
import { type Fingerprint, findFingerprint, isSame } from '../disk/atomic-file.js';
import { readPlain, removePlain } from '../disk/plain-file.js';
import { type DocumentFiles, MOST_BYTES } from '../documents/documents.js';
import { fileText, inOrder, parseObject } from '../documents/json-text.js';
import { dayOf, type Layout } from '../documents/layout.js';
import { isOfFile } from '../errors.js';
import { aboutEntry, type Problems, unreadable } from '../folder/problems.js';
import { isBeingMoved, routedBy } from './edit-epoch.js';
import type { EditedTexts } from './edited-text.js';
import type { ChangedFile } from './folder-scan.js';

/** The author of edits made in the files. */
const EDITOR = 'file edit';

/** A commit that takes over an edited file. */
export interface Edit extends ChangedFile {
  readonly path: string;
  /** The file as it was read: the commit may replace it. */
  readonly fingerprint: Fingerprint;
  readonly write: StoreWrite;
}

export interface ExamineOptions {
  /** Whether the folder is being opened: then a file may lag behind its record because of a crash. */
  readonly isOpening: boolean;
  /** Whether the log lost commits: then files may be ahead of it. */
  readonly isLogCut: boolean;
  /** The epoch that the edit is committed under; left out, that of the manifest. */
  readonly epoch?: number | undefined;
}

/** Leaves a file as it is, and reports it. `why`: the end of a sentence; `hint`: what to do about it. */
type Refuse = (why: string, hint?: string) => null;

const CORRECT_FILE = 'Correct the file: it is taken over once it is right.';

/** Fields that only requests set: they can't be edited. */
const SET_FIELDS = [...SYSTEM_FIELDS, 'deletedWith', 'claim', 'claimToken', 'lastRelease'];

type Record = JsonObject & Pick<RecordBase, 'id' | 'version' | 'createdAt' | 'updatedAt'>;

/**
 * Finds out what a changed file means, and repairs what needs no commit. A text that can't be taken over is left as it
 * is and reported as a problem; its record stays unchanged.
 */
export function createExaminer(
  { folder }: Layout,
  cache: Cache,
  documents: DocumentFiles,
  problems: Problems,
  projectKey: string | null,
  texts: EditedTexts,
) {
  const { statement, files } = cache;

  /** Inside a transaction. @returns the commit to make; null when there is none */
  function examine(difference: ChangedFile, options: ExamineOptions): Edit | null {
    const { collection, dir, id } = difference;
    const path = documents.pathOf(collection, dir, id);
    problems.clear(aboutEntry(path));
    try {
      return examineFile(difference, options);
    } catch (error) {
      if (!isOfFile(error) || isOfDescriptors(error)) throw error;
      problems.set(aboutEntry(path), unreadable(path, error));
      return null;
    }
  }

  function examineFile(difference: ChangedFile, options: ExamineOptions): Edit | null {
    const { collection, dir, id } = difference;
    const path = documents.pathOf(collection, dir, id);
    const fingerprint = findFingerprint(path);
    const known = files.find(collection, id);
    const bytes = fingerprint ? readPlain(folder, path, MOST_BYTES) : null;
    problems.clear(path);
    if (fingerprint && known?.dir === dir && isSame(known, fingerprint)) return null;
    const record = findRecord(collection, id);
    if (!fingerprint || bytes === null) {
      // Deleting takes a request: a file that is only missing is written again.
      if (record) documents.updateFile(difference);
      else files.forget(collection, id);
      return null;
    }
    const refuse: Refuse = (why, hint = '') => {
      const said = `${texts.redact(why)}. ${hint}`.trimEnd();
      problems.set(path, `${relative(folder, path)} in ${folder} wasn't taken over: ${said}`);
      return null;
    };
    const taken = record
      ? compare(difference, record, bytes, options, refuse)
      : create(difference, bytes, options, refuse);
    if (taken === 'same') files.set(collection, id, dir, fingerprint, JSON.stringify(record));
    if (taken === 'secret') {
      // Known as it is, it is written over: nothing of it is kept.
      files.set(collection, id, dir, fingerprint, '');
      documents.updateFile(difference);
    }
    if (taken === null || typeof taken === 'string') return null;
    // It stays, and is taken over once the project lives here.
    if (isBeingMoved(cache)) return refuse('the project is being moved');
    return { ...difference, path, fingerprint, write: taken };
  }

  /** A file whose record exists. `same`: it says what the record does; `secret`: so it does, but for a secret. */
  function compare(
    difference: ChangedFile,
    record: Record,
    bytes: Buffer,
    { isOpening, isLogCut, epoch }: ExamineOptions,
    refuse: Refuse,
  ): StoreWrite | 'same' | 'secret' | null {
    const { collection, dir, id } = difference;
    const expected = dayOf(record.createdAt);
    if (dir !== expected) return refuse(`the record is in ${join(collection, expected)}; remove this copy`);
    if (bytes.equals(Buffer.from(fileText(record)))) return 'same';
    const parsed = parseObject(bytes);
    if ('object' in parsed && isEqual(parsed.object, record)) return 'same';
    // A file that isn't a person's work lags behind: power was lost, or the process ended before it wrote the file.
    if ((isOpening || !('object' in parsed)) && documents.isOurs(difference, bytes)) {
      documents.updateFile(difference);
      return null;
    }
    if ('fault' in parsed) return refuse(parsed.fault, CORRECT_FILE);
    const { object } = parsed;
    if (object.id !== undefined && object.id !== id) return refuse('its id is another than that of its name');
    const stamp = stampAfter(record, timeOfEdit());
    const known = SET_FIELDS.filter((field) => field in record).map((field) => [field, record[field]!]);
    const system: JsonObject = { ...initialFields(collection), ...Object.fromEntries(known) };
    const read = texts.read(collection, { ...system, ...object }, stamp.updatedAt, record);
    if ('fault' in read) return refuse(read.fault, read.hint);
    if (isEqual(read.record, record)) return read.redactions.length === 0 ? 'same' : 'secret';
    const version = Number(read.record.version);
    if (isLogCut && version > record.version) return adopt(collection, object, refuse);
    if (version < record.version && !documents.isOurs(difference, bytes)) {
      // Edited from a text that was old by then: it is kept next to the record.
      documents.updateFile(difference);
      return null;
    }
    const document = withDerivedFields(collection, { ...read.record, ...system }, stamp.updatedAt);
    if (isEqual(document, record)) {
      documents.updateFile(difference);
      return null;
    }
    return commitOf(collection, { ...document, ...stamp }, 'UPDATE', epoch);
  }

  /** A file without a record. */
  function create(
    { collection, dir, id }: ChangedFile,
    bytes: Buffer,
    { isOpening, isLogCut, epoch }: ExamineOptions,
    refuse: Refuse,
  ): StoreWrite | null {
    const parsed = parseObject(bytes);
    if ('fault' in parsed) return refuse(parsed.fault, CORRECT_FILE);
    const { object } = parsed;
    const parsedId = parseId(id);
    if (object.id !== id) return refuse('its id is another than that of its name');
    if (!parsedId || parsedId.kind !== KINDS[collection]) return refuse(`its name isn't an id of the ${collection}`);
    if (projectKey !== null && parsedId.projectKey !== projectKey) return refuse('its id is of another project');
    const last = statement('select operation, version from log where record = ? order by seq desc limit 1').get(id) as
      | { readonly operation: string; readonly version: number }
      | undefined;
    if (last?.operation === 'PURGE') {
      if (!isOpening || object.version !== last.version)
        return refuse('its record was purged, and an id is never used again');
      // The process ended before it removed the file.
      removePlain(folder, documents.pathOf(collection, dir, id));
      return null;
    }
    if (isLogCut || last) return adopt(collection, object, refuse);
    const now = timeOfEdit();
    const base = { deletedAt: null, externalId: null, version: 1, createdAt: now, updatedAt: now };
    const read = texts.read(collection, { ...base, ...object, ...initialFields(collection) }, now, null);
    if ('fault' in read) return refuse(read.fault, read.hint);
    const updatedAt = latest(now, String(read.record.createdAt));
    return commitOf(collection, { ...read.record, version: 1, updatedAt }, 'CREATE', epoch);
  }

  /** Takes a file as it is: the commit that wrote it is lost. */
  function adopt(collection: string, object: JsonObject, refuse: Refuse): StoreWrite | null {
    const read = texts.read(collection, object, String(object.updatedAt), null);
    if ('fault' in read) return refuse(read.fault, read.hint);
    const { record } = read;
    const document = {
      collection,
      id: String(record.id),
      version: Number(record.version),
      doc: JSON.stringify(record),
    };
    return { kind: 'import', documents: [document], entries: [], removed: [], epoch: 0 };
  }

  function commitOf(
    collection: string,
    object: JsonObject,
    operation: 'CREATE' | 'UPDATE',
    epoch: number | undefined,
  ): StoreWrite {
    const id = String(object.id);
    const version = Number(object.version);
    const doc = JSON.stringify(inOrder(collection, object));
    const context = {
      epoch: epoch ?? routedBy(cache),
      actor: EDITOR,
      requestId: `edit-${id}-${version}`,
      at: String(object.updatedAt),
    };
    return { kind: 'commit', changes: [{ kind: 'put', collection, id, version, operation, doc }], context };
  }

  /** After the log's last entry, even where the clock stepped back. */
  function timeOfEdit(): string {
    const last = statement('select at from log order by seq desc limit 1').pluck().get() as string | undefined;
    return new Date(timeAfter(last, Date.now())).toISOString();
  }

  function findRecord(collection: string, id: string): Record | null {
    const doc = statement(`select doc from ${collection} where id = ?`).pluck().get(id);
    return typeof doc === 'string' ? (JSON.parse(doc) as Record) : null;
  }

  return examine;
}

/** The kind of the records of each collection. */
const KINDS: { readonly [collection: string]: RecordKind } = {
  tasks: 'task',
  memories: 'memory',
  sessions: 'session',
  states: 'state',
};
