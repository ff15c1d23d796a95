import type { Output } from './output.js';
import { cut, widthOf } from './text.js';

/** A column's title; those whose title ends with `>` are set right, as numbers are. */
type Column = string;

/** The most columns that a cell takes on the terminal, unless it is the last of its row. */
const WIDEST = 60;

/** Prints rows under titles, as wide as they need; longer cells are cut, but for the last, which is as long as it likes. */
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
