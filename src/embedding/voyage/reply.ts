import { z } from 'zod';
import { hasTooManyValues } from '../../network/json-size.js';
import { replyError } from './errors.js';

/** What came of a request: vectors of unit length in the order of its texts. */
export interface VoyageReply {
  readonly vectors: readonly Float32Array[];
  /** As Voyage AI counts and bills them. */
  readonly tokens: number;
}

const listSchema = z.object({ data: z.array(z.unknown()) });
/** One issue is enough to say so. */
const numbers = z.custom<number[]>((value) => Array.isArray(value) && value.every((each) => typeof each === 'number'));
const replySchema = z.object({
  data: z.array(z.object({ index: z.int(), embedding: z.union([z.string(), numbers]) })),
  usage: z.object({ total_tokens: z.int().nonnegative() }),
});

export interface Expected {
  readonly host: string;
  readonly count: number;
  readonly dimensions: number;
}

/** @throws VoyageError when the answer isn't what was asked for */
export function parseReply(body: Buffer, { host, count, dimensions }: Expected): VoyageReply {
  const reply = jsonOf(body, host);
  // Counted first: a schema has a word to say about each item.
  const listed = listSchema.safeParse(reply);
  if (listed.success && listed.data.data.length !== count)
    throw replyError(host, `${count} texts gave ${listed.data.data.length} vectors`);
  const parsed = replySchema.safeParse(reply);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw replyError(host, `it isn't a list of vectors (${issue?.path.join('.') || 'all of it'}: ${issue?.code})`);
  }
  const { data, usage } = parsed.data;
  const vectors = new Array<Float32Array | undefined>(count).fill(undefined);
  for (const { index, embedding } of data) {
    if (index < 0 || index >= count || vectors[index])
      throw replyError(host, `the vectors' numbering has ${index} in it`);
    const vector = typeof embedding === 'string' ? decode(embedding) : Float32Array.from(embedding);
    if (vector.length !== dimensions) {
      throw replyError(host, `vectors have ${vector.length} dimensions instead of ${dimensions}`);
    }
    if (!normalise(vector)) throw replyError(host, 'a vector has no direction');
    vectors[index] = vector;
  }
  return { vectors: vectors as Float32Array[], tokens: usage.total_tokens };
}

function jsonOf(body: Buffer, host: string): unknown {
  if (hasTooManyValues(body)) throw replyError(host, 'it has more values than an answer has');
  try {
    return JSON.parse(body.toString());
  } catch {
    throw replyError(host, "it isn't JSON");
  }
}

/** Little-endian float32. */
function decode(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length % 4 !== 0) return new Float32Array();
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(i * 4));
}

/** Makes it one of unit length; false when it can't be. */
function normalise(vector: Float32Array): boolean {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  if (!Number.isFinite(length) || length === 0) return false;
  for (let i = 0; i < vector.length; i++) vector[i]! /= length;
  return true;
}
