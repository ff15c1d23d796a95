import type { Output } from '../output.js';
import { cut } from '../text.js';
import { diffLines } from './lines.js';
import type { Plan } from './plan.js';

const COLUMNS = 160;

/** Prints what a plan changes in its file. */
export function showPlan(output: Output, { file, text }: Plan): void {
  const made = file.bytes === null ? ' (new)' : text === null ? ' (removed, as setup made it)' : '';
  const link = file.realPath === file.path ? '' : ` → ${file.realPath}`;
  output.line(output.style('bold', `${file.path}${link}${made}`));
  const lines = diffLines(file.text, text ?? '');
  for (const [index, line] of lines.entries()) {
    if (line === null) output.line(output.style('dim', '  …'));
    else {
      const shown = `${line.sign} ${shortened(line.text, otherSide(lines, index))}`;
      output.line(line.sign === ' ' ? shown : output.style(line.sign === '+' ? 'green' : 'red', shown));
    }
  }
  output.line();
}

type Lines = ReturnType<typeof diffLines>;

/** The line that a changed line was, or became. */
function otherSide(lines: Lines, index: number): string {
  const line = lines[index];
  const other = line?.sign === '-' ? lines[index + 1] : line?.sign === '+' ? lines[index - 1] : null;
  return other && other.sign !== ' ' && other.sign !== line?.sign ? other.text : '';
}

/** Of a line as long as a minified file what differs. */
function shortened(text: string, other: string): string {
  if (text.length <= COLUMNS) return text;
  let start = 0;
  while (start < other.length && text[start] === other[start]) start++;
  const from = Math.max(0, start - COLUMNS / 4);
  return cut(`${from > 0 ? '…' : ''}${text.slice(from)}`, COLUMNS);
}
