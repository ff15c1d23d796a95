/** About how many bytes a value takes as JSON: its characters, and a few for what holds it together. */
export function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return 6;
  let bytes = 2;
  if (Array.isArray(value)) for (const each of value) bytes += sizeOf(each) + 1;
  else for (const key in value) bytes += key.length + 4 + sizeOf((value as { readonly [key: string]: unknown })[key]);
  return bytes;
}
