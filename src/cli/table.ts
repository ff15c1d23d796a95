import { stripVTControlCharacters } from 'node:util';
import type { Output } from './output.js';

/** A column's title; those whose title ends with `>` are set right, as numbers are. */
type Column = string;

/** Prints rows under titles, as wide as they need; the last column may be as long as it likes. */
export function printTable(output: Output, columns: readonly Column[], rows: readonly (readonly string[])[]): void {
  const titles = columns.map((column) => column.replace(/>$/, ''));
  const widths = titles.map((title, i) => Math.max(title.length, ...rows.map((row) => widthOf(row[i] ?? ''))));
  const lay = (cells: readonly string[]) =>
    cells
      .map((cell, i) => {
        const gap = ' '.repeat(Math.max(0, widths[i]! - widthOf(cell)));
        return columns[i]!.endsWith('>') ? gap + cell : cell + gap;
      })
      .join('  ')
      .trimEnd();
  output.line(output.style('dim', lay(titles)));
  for (const row of rows) output.line(lay(row.map((cell) => cell.replace(/\s+/g, ' '))));
}

function widthOf(text: string): number {
  return stripVTControlCharacters(text).length;
}
