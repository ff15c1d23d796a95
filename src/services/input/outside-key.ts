import { z } from 'zod';
import { idOf } from '../../domain/fields/common.js';
import type { InputOf } from '../../domain/fields/derive.js';
import { refuse } from '../../domain/fields/parse.js';
import { findTextFault, name } from '../../domain/fields/text.js';

/** No check below repeats the value that it refuses: a secret may have been given in the wrong field. */

const MAX_PROVIDER = 32;
const MAX_OUTSIDE_LABEL = 120;
const MAX_SECRET = 8_192;

/** The name of a service, in lower case. */
export const provider = z
  .string()
  .trim()
  .toLowerCase()
  .superRefine(
    refuse((text) =>
      text.length <= MAX_PROVIDER && /^[a-z\d._-]+$/.test(text)
        ? null
        : {
            message: "isn't the name of a service",
            hint: `Give its name in 1 to ${MAX_PROVIDER} letters, digits, dots, hyphens and underscores, such as openai.`,
          },
    ),
  );

const secret = z
  .string()
  .trim()
  .superRefine(
    refuse((text) => {
      if (text === '') return { message: 'is empty', hint: 'To remove a key, use `deleteOutsideKey`.' };
      if (text.length <= MAX_SECRET) return findTextFault(text);
      return { message: `has more than ${MAX_SECRET} characters`, hint: 'Give the key alone.' };
    }),
  );

export const newOutsideKey = z.object({
  provider,
  secret,
  label: name(MAX_OUTSIDE_LABEL).nullable().optional(),
  shared: z.boolean().default(false),
});
/** A key of another service. Left out, `label` stays as it is, and `shared` is false. */
export type NewOutsideKey = InputOf<typeof newOutsideKey>;
export const outsideKeyChoice = z.object({ provider });
export const outsideKeyDeletion = z.object({ id: idOf('outsideKey') });
