import type { z } from 'zod';
import { describeLost } from '../../util/json/json-number.js';
import { InvalidInputError } from '../errors.js';

/** Why a value is refused, and what to do about it. */
export interface Refusal {
  /** What is wrong, to be read after the field's name: `is empty`. */
  readonly message: string;
  readonly hint: string;
}

/** Turns a check into a refinement: the check returns why a value is refused, or null. */
export function refuse<T>(check: (value: T) => Refusal | null) {
  return (value: T, context: z.RefinementCtx): void => {
    const refusal = check(value);
    if (refusal) context.addIssue({ code: 'custom', message: refusal.message, params: { hint: refusal.hint } });
  };
}

/** What a schema found wrong with an input. The message is read after the field's name, and repeats no value. */
export function explain(issue: z.core.$ZodIssue, input: unknown): Refusal {
  switch (issue.code) {
    case 'custom':
      return { message: issue.message, hint: String(issue.params?.hint ?? 'Correct it and repeat.') };
    case 'invalid_type':
      return explainType(issue.expected, valueAt(input, issue.path));
    case 'invalid_value':
      return explainMissing(valueAt(input, issue.path)) ?? explainChoice(issue.values);
    case 'too_small':
      return issue.origin === 'array'
        ? { message: `needs at least ${issue.minimum}`, hint: 'Give more of them.' }
        : { message: `must be at least ${issue.minimum}`, hint: 'Give a greater number.' };
    case 'too_big':
      return issue.origin === 'array'
        ? { message: `holds more than ${issue.maximum}`, hint: `Give at most ${issue.maximum} at a time.` }
        : { message: `must be at most ${issue.maximum}`, hint: 'Give a smaller number.' };
    case 'unrecognized_keys':
      return {
        message: `has a field that is unknown${named(issue.keys[0]!)}`,
        hint: 'Leave it out, or correct its name.',
      };
    default:
      return { message: `is wrong: ${issue.message}`, hint: 'Correct it and repeat.' };
  }
}

/** A key that isn't a name may be data, or very long. */
const named = (key: string): string => (/^\w{1,64}$/.test(key) ? `: ${key}` : '');

function explainType(expected: string, given: unknown): Refusal {
  const wanted = TYPES[expected] ?? expected;
  if (typeof given === 'symbol') return refuseLost(given);
  if (expected === 'int' && typeof given === 'number') return { message: `must be ${wanted}`, hint: `Give ${wanted}.` };
  if (expected === 'number' && typeof given === 'number')
    return { message: 'must be a finite number', hint: 'Give one.' };
  return explainMissing(given) ?? { message: `must be ${wanted}, not ${nameType(given)}`, hint: `Give ${wanted}.` };
}

/** `at`: the path inside the value; left out, it is the value itself. */
export function refuseLost(number: symbol, at = ''): Refusal {
  const { message, hint } = describeLost(number);
  return { message: at === '' ? `is ${message}` : `has, at ${at}, ${message}`, hint };
}

function explainMissing(given: unknown): Refusal | null {
  if (given === undefined) return { message: 'is missing', hint: 'Give it a value.' };
  if (given === null) return { message: "can't be null", hint: 'Give it a value, or leave it out if it is optional.' };
  return null;
}

function explainChoice(values: readonly unknown[]): Refusal {
  return { message: `isn't one of ${values.join(', ')}`, hint: 'Use one of these, spelt just so.' };
}

const TYPES: { readonly [expected: string]: string } = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  nonoptional: 'a value',
};

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    input,
  );
}

function nameType(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return TYPES[typeof value] ?? typeof value;
}

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
