import { z } from 'zod';
import { type Refusal, refuse } from './parse.js';
import { findTextFault } from './text.js';

/** The longest address, in UTF-16 code units: 64 before the `@`, 255 after it. */
const MAX_EMAIL = 320;

function findEmailFault(text: string): Refusal | null {
  const [name, host, ...more] = text.split('@');
  // White space and control characters would make two addresses look like one, in lists and in logs.
  if (!name || !host || more.length > 0 || /[\s\p{Cc}\p{Cf}]/u.test(text)) {
    return { message: "isn't an email address", hint: 'Give it whole, such as ada@example.org.' };
  }
  if (text.length <= MAX_EMAIL) return null;
  return { message: `has ${text.length} characters; at most ${MAX_EMAIL} are kept`, hint: 'Give a shorter address.' };
}

/** An email address: trimmed, in lower case and composed, so that one address has one spelling. */
export const email = z
  .string()
  .transform((text) => text.trim().normalize('NFC').toLowerCase())
  .pipe(z.string().superRefine(refuse((text) => findTextFault(text) ?? findEmailFault(text))));
