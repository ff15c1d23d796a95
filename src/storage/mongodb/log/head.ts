import type { Db } from 'mongodb';
import { StoreError } from '../../../domain/errors.js';
import type { MongoConnection } from '../connection/connection.js';
import { MAX_TIME } from '../connection/timeouts.js';
import { HEADS, type ProjectHead } from '../schema.js';
import { createSharedRead } from '../shared-read.js';

/** Reads a project's head; null when the project has none. */
export type HeadReader = () => Promise<ProjectHead | null>;

export interface HeadReaderOptions {
  readonly db: Db;
  readonly project: string;
  readonly onStatement: (statement: string) => void;
}

/** Reads the head once for all callers that ask at the same time. */
export function createHeadReader({ db, project, onStatement }: HeadReaderOptions): HeadReader {
  return createSharedRead(async () => {
    onStatement(`${HEADS}.find`);
    return db.collection<ProjectHead>(HEADS).findOne({ _id: project }, { maxTimeMS: MAX_TIME });
  });
}

/**
 * The current head of a project. @throws StoreError when the project's data isn't in the database, or is being removed
 */
export async function findHead({ reads, run, place }: MongoConnection, project: string): Promise<ProjectHead> {
  return requireHead(await run(() => reads.collection<ProjectHead>(HEADS).findOne({ _id: project })), project, place);
}

/** The head, if there is one. @throws StoreError as `findHead` */
export function requireHead(head: ProjectHead | null, project: string, place: string): ProjectHead {
  if (!head || head.isLeaving) throw noSuchProject(project, place);
  return head;
}

/** The project's data isn't in the database. */
export function noSuchProject(project: string, place: string): StoreError {
  return new StoreError(
    'STORE_UNAVAILABLE',
    `The project ${project} isn't in MongoDB at ${place}.`,
    'Check that this is the server and the database that the project was made in; if its data was removed there, restore a backup.',
  );
}
