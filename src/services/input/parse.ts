import type { z } from 'zod';
import { InvalidInputError } from '../../domain/errors.js';
import { explain } from '../../domain/fields/refusal.js';

/**
 * Parses an input; the first thing that is wrong with it is thrown, with its path. The message repeats no value.
 * @param at - path of the whole input
 * @throws InvalidInputError
 */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown, at?: string): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const field = [...(at === undefined ? [] : [at]), ...issue.path].join('.');
  const { message, hint } = explain(issue, input);
  throw new InvalidInputError(`${field || 'The input'} ${message}.`, hint, field || null);
}
