import { z } from 'zod';
import { type Refusal, refuse } from './parse.js';
import { findTextFault } from './text.js';

/** The fewest and the most characters of a new password, in UTF-16 code units. */
export const MIN_PASSWORD = 12;
export const MAX_PASSWORD = 128;

function findPasswordFault(text: string): Refusal | null {
  if (text.length < MIN_PASSWORD) {
    return { message: 'is too short', hint: `Give at least ${MIN_PASSWORD} characters: a few words will do.` };
  }
  if (text.length > MAX_PASSWORD) {
    return { message: `has ${text.length} characters; at most ${MAX_PASSWORD} are taken`, hint: 'Shorten it.' };
  }
  return null;
}

/** A password to be set. What is wrong with one is said without quoting it. */
export const newPassword = z.string().superRefine(refuse((text) => findTextFault(text) ?? findPasswordFault(text)));

/** A password that somebody says is theirs. */
export const givenPassword = z.string();
