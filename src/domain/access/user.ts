import { z } from 'zod';
import { MAX_METADATA_BYTES } from '../fields/common.js';
import { defaultsOf, type ValuesOf } from '../fields/derive.js';
import { email } from '../fields/email.js';
import { jsonObject } from '../fields/json.js';
import { name, webUrl } from '../fields/text.js';
import type { RecordBase } from '../record.js';

/** The most characters of a name of a user or a role. */
export const MAX_ACCOUNT_NAME = 120;

/** What a user's own fields may hold, in a request. */
export const userFields = {
  /** Unique among live users. */
  email,
  name: name(MAX_ACCOUNT_NAME),
  /** Address of a picture; null without one. */
  image: webUrl.nullable().default(null),
  /** The user's own, for clients. */
  settings: jsonObject(MAX_METADATA_BYTES).default({}),
} as const;

/** What the fields of a user hold until they are set. */
export const USER_DEFAULTS = defaultsOf(userFields);

/** What an email may be changed to: an empty one is none. */
export const changedEmail = z
  .string()
  .nullable()
  .transform((text) => text?.trim() || null)
  .pipe(email.nullable());

/** A person who uses the server. */
export interface User extends RecordBase, Omit<ValuesOf<typeof userFields>, 'email'> {
  /** Null: none, so that they don't sign in with a password. */
  readonly email: string | null;
  readonly emailVerified: boolean;
  /** Whether signing in with a password takes a second factor. Left out: it doesn't. */
  readonly twoFactorEnabled?: boolean;
  readonly roleId: string;
  /** Since when the user can't sign in, and their keys don't work; null: they can. */
  readonly disabledAt: string | null;
}

/** The `externalId` of the first administrator: of two that are created at once, one is. */
export const FIRST_ADMINISTRATOR = 'first-admin';
