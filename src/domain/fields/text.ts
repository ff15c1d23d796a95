import { z } from 'zod';
import { findNameFault } from './actor-name.js';
import { type Refusal, refuse } from './parse.js';

/** Why not every store can store a text unchanged; null when every one can. */
export function findTextFault(text: string): Refusal | null {
  if (text.includes('\0')) {
    return { message: 'contains a NUL character (U+0000)', hint: 'Remove it: not every store can keep it.' };
  }
  if (/\p{Surrogate}/u.test(text)) {
    return {
      message: 'contains half of a surrogate pair, which is no character',
      hint: 'A text was probably cut inside an emoji; cut it between characters.',
    };
  }
  return null;
}

function checkBlank(text: string): Refusal | null {
  return text.trim() === '' ? { message: text === '' ? 'is empty' : 'is blank', hint: 'Give it some text.' } : null;
}

function checkLength(text: string, max: number): Refusal | null {
  if (text.length <= max) return null;
  return { message: `has ${text.length} characters; at most ${max} are kept`, hint: 'Shorten it.' };
}

function checkBytes(text: string, max: number): Refusal | null {
  // A UTF-16 code unit is at most three bytes, so most texts needn't be measured.
  if (text.length * 3 <= max) return null;
  const bytes = Buffer.byteLength(text);
  if (bytes <= max) return null;
  return { message: `has ${bytes} bytes; at most ${max} are kept`, hint: 'Shorten it, or save it in parts.' };
}

/** A text that isn't blank, of at most `max` UTF-16 code units. */
export function label(max: number) {
  return z.string().superRefine(refuse((text) => findTextFault(text) ?? checkBlank(text) ?? checkLength(text, max)));
}

/** Like `label`, trimmed. */
export function name(max: number) {
  return z
    .string()
    .trim()
    .superRefine(refuse((text) => findTextFault(text) ?? checkBlank(text) ?? checkLength(text, max)));
}

/** Like `label`, and the name of somebody who writes. */
export function agentName(max: number) {
  return label(max).superRefine(refuse(findNameFault));
}

/** A text of at most `maxBytes` bytes of UTF-8; may be empty. */
export function prose(maxBytes: number) {
  return z.string().superRefine(refuse((text) => findTextFault(text) ?? checkBytes(text, maxBytes)));
}

/** Like `prose`, but not blank. */
export function content(maxBytes: number) {
  return z
    .string()
    .superRefine(refuse((text) => findTextFault(text) ?? checkBlank(text) ?? checkBytes(text, maxBytes)));
}

/** The longest address on the web, in UTF-16 code units. */
export const MAX_URL = 2_048;

/** An address for a browser. */
export const webUrl = label(MAX_URL).superRefine(
  refuse((text: string) => {
    const url = URL.canParse(text) ? new URL(text) : null;
    if (url && (url.protocol === 'http:' || url.protocol === 'https:')) return null;
    return { message: "isn't a web address", hint: 'Give it whole, such as https://example.org/page.' };
  }),
);

const REPOSITORY = /^(?:[\w.-]+\/[\w.-]+|(?:https?|ssh|git):\/\/[^\s/]+\/\S+|[\w.-]+@[\w.-]+:\S+)$/;

/** A repository: `owner/name`, its web address, or the address that git clones. */
export const repository = label(MAX_URL).superRefine(
  refuse((text: string) =>
    REPOSITORY.test(text)
      ? null
      : {
          message: "isn't a repository",
          hint: 'Give owner/name, or its address such as https://github.com/owner/name.',
        },
  ),
);

/** Whether the year has four digits: others have a sign, and would sort before all others. */
export function isInRange(time: Date): boolean {
  const year = time.getUTCFullYear();
  return year >= 0 && year <= 9_999;
}

/** A time: ISO 8601 with an offset, normalized to UTC with milliseconds. */
export const moment = z
  .string()
  .superRefine(
    refuse((text) =>
      z.iso.datetime({ offset: true }).safeParse(text).success && isInRange(new Date(text))
        ? null
        : {
            message: "isn't a moment in the years 0 to 9999",
            hint: 'Use ISO 8601 with an offset, such as 2026-01-31T09:30:00Z.',
          },
    ),
  )
  .transform((text) => new Date(text).toISOString());
