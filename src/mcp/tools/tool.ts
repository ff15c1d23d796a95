import type { z } from 'zod';
import { readArguments, schemaOf, type ToolSchema } from '../calls/arguments.js';
import type { Call } from '../calls/call.js';

/** What a host may know about a tool before it calls it. */
export interface ToolTraits {
  /** Only reads: hosts may call it without asking. */
  readonly isReading: boolean;
  /** May take away what somebody wrote. All of it can be undone. */
  readonly isDestructive?: boolean;
  /** Calling it again changes nothing more. */
  readonly isIdempotent?: boolean;
  /** Hosts that load tools on demand should load this one at once. */
  readonly isAlwaysLoaded?: boolean;
}

/** A tool, the same for every connection. */
export interface Tool extends ToolTraits {
  readonly name: string;
  readonly title: string;
  /** When to use it, first; then what it answers. */
  readonly description: string;
  readonly schema: ToolSchema;
  /** How to go on after a call whose answer was lost. Left out: repeating it is safe. */
  readonly ifUnsure?: string;
  /** @param given the arguments as received @returns the answer for a model. @throws AskError */
  run(given: unknown, call: Call): Promise<string>;
}

interface ToolOptions<S extends z.ZodObject> extends ToolTraits {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: S;
  readonly ifUnsure?: string;
  readonly run: (given: z.infer<S>, call: Call) => Promise<string>;
}

/** Defines a tool; its arguments are read leniently and checked strictly. */
export function defineTool<S extends z.ZodObject>({ input, run, ...rest }: ToolOptions<S>): Tool {
  const schema = schemaOf(input);
  return { ...rest, schema, run: async (given, call) => run(readArguments(input, schema, given), call) };
}
