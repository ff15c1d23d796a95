/** A number, rounded to tenths. */
export function toTenths(value: number): number {
  return Math.round(value * 10) / 10;
}
