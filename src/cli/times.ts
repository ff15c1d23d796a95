import { InvalidArgumentError } from 'commander';

const MINUTE_MS = 60_000;
const UNITS: Readonly<Record<string, number>> = { m: MINUTE_MS, h: 60 * MINUTE_MS, d: 24 * 60 * MINUTE_MS };
const ISO_DATE = /^\d{4}-\d{2}-\d{2}(?!\d)/;

/** A parser for a time that has passed: a date, a time in ISO 8601, or how long ago it was. @returns ISO 8601 */
export function parsePast(value: string): string {
  return parse(value, -1, 'such as 2026-12-01, 2026-12-01T09:30:00Z, 30m, 2h or 7d');
}

/** A parser for a time to come: a date, a time in ISO 8601, or in how long it is. @returns ISO 8601 */
export function parseFuture(value: string): string {
  return parse(value, 1, 'such as 2027-01-31, 2027-01-31T12:00:00Z, 12h or 90d');
}

function parse(value: string, sign: 1 | -1, examples: string): string {
  const [, count, unit = ''] = /^(\d{1,6})([mhd])$/.exec(value) ?? [];
  const ms = count === undefined ? Date.parse(value) : Date.now() + sign * Number(count) * UNITS[unit]!;
  // `Date.parse` takes many other texts: a bare 45, where somebody forgot the unit, is the year 2045.
  if ((count !== undefined || ISO_DATE.test(value)) && !Number.isNaN(new Date(ms).getTime()))
    return new Date(ms).toISOString();
  throw new InvalidArgumentError(`It is a time ${examples}.`);
}
