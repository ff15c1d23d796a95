import type { Output } from './output.js';
import { cut, widthOf } from './text.js';

/** A column's title; a trailing `>` aligns the column right, for numbers. */
type Column = string;

/** The widest cell in terminal columns, except for the last of a row. */
const WIDEST = 60;

/** Prints rows under titles, as wide as needed; long cells are cut, except for the last of a row. */
export function printTable(output: Output, columns: readonly Column[], rows: readonly (readonly string[])[]): void {
  const last = columns.length - 1;
  const titles = columns.map((column) => column.replace(/>$/, ''));
  const lines = rows.map((row) =>
    row.map((cell, i) => cut(cell.replace(/\s+/g, ' '), i === last ? Number.POSITIVE_INFINITY : WIDEST)),
  );
  const widths = titles.map((title, i) => Math.max(widthOf(title), ...lines.map((row) => widthOf(row[i] ?? ''))));
  const lay = (cells: readonly string[]) =>
    cells
      .map((cell, i) => {
        const gap = ' '.repeat(Math.max(0, widths[i]! - widthOf(cell)));
        return columns[i]!.endsWith('>') ? gap + cell : cell + gap;
      })
      .join('  ')
      .trimEnd();
  output.line(output.style('dim', lay(titles)));
  for (const row of lines) output.line(lay(row));
}
