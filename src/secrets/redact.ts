import { markerOf, type Redaction, redactionsOf } from '../domain/fields/redaction.js';
import type { Json } from '../util/json/json.js';
import { findSecrets } from './find.js';
import { secretNameOf } from './names.js';
import { looksSecret } from './values.js';

/** How often a replacement may uncover another secret, one that began in the middle of a word. Real texts have none. */
const PASSES = 8;

/**
 * A text with a marker in the place of each secret. Redacting it again changes nothing.
 *
 * @example
 * redactText('DB_PASSWORD=…'); // { text: 'DB_PASSWORD=[redacted: password]', redactions: [{ rule: 'password', count: 1 }] }
 */
export function redactText(text: string): { readonly text: string; readonly redactions: readonly Redaction[] } {
  const counts = new Map<string, number>();
  const redacted = redact(text, counts);
  return { text: redacted, redactions: redactionsOf(counts) };
}

/**
 * The same for the strings of a JSON value, at any depth, with the names of its fields: `{"password": "…"}`. Names are
 * redacted as well.
 */
export function redactJson<T extends Json>(value: T): { readonly value: T; readonly redactions: readonly Redaction[] } {
  const counts = new Map<string, number>();
  const redacted = redactValue(value, counts) as T;
  return { value: redacted, redactions: redactionsOf(counts) };
}

function redact(text: string, counts: Map<string, number>): string {
  let redacted = text;
  for (let pass = 0; pass < PASSES; pass += 1) {
    const findings = findSecrets(redacted);
    if (findings.length === 0) return redacted;
    let result = '';
    let end = 0;
    for (const finding of findings) {
      result += redacted.slice(end, finding.start) + markerOf(finding.rule);
      end = finding.end;
      add(counts, finding.rule);
    }
    redacted = result + redacted.slice(end);
  }
  return redacted;
}

function redactValue(value: Json, counts: Map<string, number>): Json {
  if (typeof value === 'string') return redact(value, counts);
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) {
    // Arguments of a command: `["--password", "…"]`.
    return value.map((each, index) => redactNamed(optionAt(value, index - 1), each, counts));
  }
  // `{"name": "DB_PASSWORD", "value": "…"}`.
  const name = value.name ?? value.key;
  const redacted = new Map<string, Json>();
  for (const [key, each] of Object.entries(value)) {
    const named = key === 'value' && typeof name === 'string' ? name : key;
    redacted.set(freeName(redact(key, counts), redacted), redactNamed(named, each, counts));
  }
  return Object.fromEntries(redacted);
}

/** Two secrets of one kind as names of an object have the same marker: the later one gets a number. */
function freeName(name: string, taken: ReadonlyMap<string, unknown>): string {
  let free = name;
  for (let number = taken.size + 1; taken.has(free); number += 1) free = `${name} ${number}`;
  return free;
}

function redactNamed(name: string | null, value: Json, counts: Map<string, number>): Json {
  const named = typeof value === 'string' && name !== null ? secretNameOf(name) : null;
  if (typeof value !== 'string' || !named || !looksSecret(value, named.strictness, true))
    return redactValue(value, counts);
  const [known] = findSecrets(value);
  const isWhole = known?.start === 0 && known.end === value.length;
  const rule = isWhole ? known.rule : named.rule;
  add(counts, rule);
  return markerOf(rule);
}

function optionAt(list: readonly Json[], index: number): string | null {
  const before = list[index];
  return typeof before === 'string' && /^--?[a-z][\w-]{1,60}$/i.test(before) ? before : null;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function add(counts: Map<string, number>, rule: string): void {
  counts.set(rule, (counts.get(rule) ?? 0) + 1);
}
