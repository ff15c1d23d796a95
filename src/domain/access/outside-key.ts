import type { RecordBase } from '../record.js';

/** In place of a user's id: all users. */
export const EVERY_USER = '*';

/** A credential of another service that the server keeps, for a user or for all. */
export interface OutsideKey extends RecordBase {
  /** `EVERY_USER`, or a user's id: unique together with the provider. */
  readonly userId: string;
  /** Lower case, such as `openai`. */
  readonly provider: string;
  readonly label: string | null;
  /** Name of the secret that holds it. */
  readonly secretName: string;
  /** The last 4 characters; null when it is short. */
  readonly ending: string | null;
}
