import type { Output } from '../output.js';
import { createBars } from './bars.js';
import { createLines } from './lines.js';
import type { ProgressView } from './progress.js';

/** Bars on a terminal, lines elsewhere, objects for a program. */
export function createView(output: Output): ProgressView {
  if (output.isJson) {
    return {
      show: (progress) => output.json({ type: 'progress', ...progress }),
      note: () => undefined,
      close: () => undefined,
    };
  }
  return output.canDraw ? createBars(output) : createLines(output);
}
