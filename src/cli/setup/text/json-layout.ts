import { isTable } from './format.js';

/** How a value is laid out. */
export interface Layout {
  /** By how much a level is indented; null: everything is on one line. */
  readonly unit: string | null;
  readonly lineBreak: string;
  /** Whether a space follows colons and commas. */
  readonly isSpaced: boolean;
}

/** A property, or an element when there is no key. @param indent of its line */
export function layOut(key: string | null, value: unknown, layout: Layout, indent: string): string {
  const space = layout.isSpaced ? ' ' : '';
  const name = key === null ? '' : `${JSON.stringify(key)}:${space}`;
  if (Array.isArray(value) && !value.some((each) => typeof each === 'object'))
    return `${name}[${value.map((each) => JSON.stringify(each)).join(`,${space}`)}]`;
  const inner = indent + (layout.unit ?? '');
  const parts = Array.isArray(value)
    ? value.map((each) => layOut(null, each, layout, inner))
    : isTable(value) && Object.entries(value).map(([name, each]) => layOut(name, each, layout, inner));
  if (!parts) return name + JSON.stringify(value);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) return `${name}${open}${close}`;
  if (layout.unit === null) return `${name}${open}${space}${parts.join(`,${space}`)}${space}${close}`;
  const { lineBreak } = layout;
  return `${name}${open}${lineBreak}${inner}${parts.join(`,${lineBreak}${inner}`)}${lineBreak}${indent}${close}`;
}
