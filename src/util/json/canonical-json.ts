import { isEqual } from './json.js';

/**
 * A value as JSON text that is the same for equal values: numbers as JavaScript writes them, objects with their keys in
 * the order of UTF-16 code units, without those that are undefined. Texts are kept as they are, code unit by code unit.
 */
export function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  const object = value as { readonly [key: string]: unknown };
  let text = '';
  for (const key of Object.keys(object).sort()) {
    const each = object[key];
    if (each !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonical(each)}`;
  }
  return `{${text}}`;
}

/** Whether two values have the same canonical text. Of those that are built alike, the texts needn't be made. */
export function isSameCanonical(a: unknown, b: unknown): boolean {
  return isEqual(a, b) || canonical(a) === canonical(b);
}
