import { z } from 'zod';
import { AskError } from '../ask.js';
import { suggestionFor } from './suggestion.js';

/** JSON Schema of one argument, as far as tools use it. */
interface ArgumentSchema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly items?: ArgumentSchema;
}

/** The schema of a tool's arguments: plain and strict, as hosts need it. */
export interface ToolSchema extends Record<string, unknown> {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, ArgumentSchema>>;
}

/** Converts the arguments of a tool, once, to the schema that is advertised. */
export function schemaOf(input: z.ZodObject): ToolSchema {
  const { $schema: _, ...schema } = z.toJSONSchema(input, { io: 'input' });
  return { ...schema, additionalProperties: false } as ToolSchema;
}

/**
 * Reads the arguments of a call. Models, and hosts in between, send lists as JSON or with commas, numbers and booleans as
 * text, enum values in any case, null for nothing: all of it is understood, by the advertised schema, for every tool.
 * @throws AskError that says which argument is wrong, and what it should be
 */
export function readArguments<S extends z.ZodObject>(input: S, schema: ToolSchema, given: unknown): z.infer<S> {
  const sent = isRecord(given) ? given : {};
  const names = Object.keys(schema.properties);
  const shaped: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(sent)) {
    const property = Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined;
    if (isNothing(value)) continue;
    if (!property) throw unknownArgument(name, names);
    shaped[name] = shapedAs(property, value);
  }
  const parsed = input.safeParse(shaped);
  if (parsed.success) return parsed.data as z.infer<S>;
  throw new AskError(
    'INVALID_INPUT',
    parsed.error.issues.map((issue) => describe(issue, shaped)).join(' '),
    'Correct the arguments, and call the tool again.',
  );
}

function shapedAs(schema: ArgumentSchema, value: unknown): unknown {
  const text = typeof value === 'string' ? value.trim() : null;
  switch (schema.type) {
    case 'array':
      return listOf(value).map((each) => (schema.items ? shapedAs(schema.items, each) : each));
    case 'integer':
    case 'number':
      return text !== null && text !== '' && Number.isFinite(Number(text)) ? Number(text) : value;
    case 'boolean':
      return BOOLEANS[String(value).trim().toLowerCase()] ?? value;
    case 'string':
      if (schema.enum && text !== null) return enumValue(schema.enum, text);
      return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
    default:
      return value;
  }
}

const BOOLEANS: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  1: true,
  false: false,
  no: false,
  0: false,
};

function enumValue(values: readonly string[], text: string): string {
  const folded = text.toLowerCase().replace(/[\s-]+/g, '_');
  return values.find((each) => each.toLowerCase() === folded) ?? text;
}

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value !== 'string') return [value];
  const text = value.trim();
  if (text.startsWith('[')) {
    try {
      const parsed: unknown = JSON.parse(text);
      if (Array.isArray(parsed)) return parsed;
    } catch {
      // Brackets around names that are no JSON, as in `[tsk_1, tsk_2]`.
    }
  }
  const inner = /^\[(.*)\]$/s.exec(text)?.[1] ?? text;
  return inner
    .split(/[,\n]/)
    .map((part) => part.trim().replace(/^(["'])(.*)\1$/, '$2'))
    .filter((part) => part !== '');
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const MOST_SHOWN = 60;

function unknownArgument(name: string, names: readonly string[]): AskError {
  const suggested = suggestionFor(name, names);
  return new AskError(
    'INVALID_INPUT',
    `There is no argument ${JSON.stringify(name.slice(0, MOST_SHOWN))}.`,
    `${suggested === null ? '' : `Did you mean "${suggested}"? `}The arguments are ${names.join(', ')}.`,
  );
}

function describe(issue: z.core.$ZodIssue, shaped: Readonly<Record<string, unknown>>): string {
  const name = String(issue.path[0] ?? 'arguments');
  if (issue.code === 'invalid_type' && !Object.hasOwn(shaped, name)) return `"${name}" is required.`;
  return `"${name}": ${issue.message}.`;
}
