import { count, duration, plural } from '../amounts.js';
import type { Output } from '../output.js';
import { counted, type Progress, type ProgressView, phaseName } from './progress.js';

/** How often progress within a phase is printed, in milliseconds. */
const EVERY_MS = 5_000;

/** Progress as plain lines, for a log: one for each phase and each problem, and one every few seconds. */
export function createLines(output: Output): ProgressView {
  let phase = '';
  let problem = '';
  let saidAt = 0;
  const say = (text: string) => {
    saidAt = Date.now();
    output.line(text);
  };
  return {
    show(progress) {
      const now = phaseName(progress.phase, progress.isRollingBack);
      if (now !== phase) say(`${now}. ${progress.message}`.trim());
      else if (Date.now() - saidAt >= EVERY_MS) say(`${now}: ${amounts(progress)}`);
      phase = now;
      const wrong = progress.problem ? `${progress.problem.message} ${progress.problem.hint}`.trim() : '';
      if (wrong && wrong !== problem) say(wrong);
      problem = wrong;
    },
    note: say,
    close: () => undefined,
  };
}

function amounts(progress: Progress): string {
  const { vectors, lag, pacing, rate, etaSeconds } = progress;
  return [
    ...counted(progress).map(({ name, value, total }) => `${name} ${count(value)}/${count(total)}`),
    `vectors ${count(vectors.done)}/${count(vectors.total)}`,
    ...(lag.entries > 0 ? [`${plural(lag.entries, 'entry', 'entries')} behind`] : []),
    ...(pacing > 0 ? [`writes wait ${count(pacing)} ms`] : []),
    ...(rate === null ? [] : [`${count(rate)}/s`]),
    ...(etaSeconds ? [`ETA ${duration(etaSeconds)}`] : []),
  ].join(', ');
}
