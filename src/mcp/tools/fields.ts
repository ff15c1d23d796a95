import { z } from 'zod';

/** Arguments that several tools share. Every word is in each model's context, so a name that explains itself has none. */

export const project = z.string().describe('id, path or name; default: this one').optional();
export const session = z.string().describe('key of the conversation').optional();
export const taskId = z.string().describe('tsk_…').optional();

export const limit = (most: number, usual: number) => z.int().min(1).max(most).describe(`default ${usual}`).optional();

/** Values of an enum of the API, in the lower case in which they are advertised. */
export const choice = <const T extends readonly [string, ...string[]]>(...values: T) => z.enum(values);

/** A value of such an enum, as the API has it. */
export function upper<T extends string>(value: T): Uppercase<T> {
  return value.toUpperCase() as Uppercase<T>;
}
