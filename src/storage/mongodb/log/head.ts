import type { Db } from 'mongodb';
import { StoreError } from '../../../domain/errors.js';
import type { MongoConnection } from '../connection/connection.js';
import { MAX_TIME } from '../connection/timeouts.js';
import { HEADS, type Head } from '../schema.js';
import { createShared } from '../shared-read.js';

/** Reads a project's head; null when the project has none. */
export type HeadReader = () => Promise<Head | null>;

export interface HeadReaderOptions {
  readonly db: Db;
  readonly project: string;
  readonly onStatement: (statement: string) => void;
}

/** Reads the head once for all who ask at once. */
export function createHeadReader({ db, project, onStatement }: HeadReaderOptions): HeadReader {
  return createShared(async () => {
    onStatement(`${HEADS}.find`);
    return db.collection<Head>(HEADS).findOne({ _id: project }, { maxTimeMS: MAX_TIME });
  });
}

/** The head of a project as it is now. @throws StoreError when the project's data isn't in the database, or is being removed */
export async function findHead({ reads, run, place }: MongoConnection, project: string): Promise<Head> {
  return present(await run(() => reads.collection<Head>(HEADS).findOne({ _id: project })), project, place);
}

/** A head that was read. @throws StoreError as `findHead` */
export function present(head: Head | null, project: string, place: string): Head {
  if (!head || head.isLeaving) throw missing(project, place);
  return head;
}

/** The project's data isn't in the database. */
export function missing(project: string, place: string): StoreError {
  return new StoreError(
    'STORE_UNAVAILABLE',
    `The project ${project} isn't in MongoDB at ${place}.`,
    'Check that this is the server and the database that the project was made in; if its data was removed there, restore a backup.',
  );
}
