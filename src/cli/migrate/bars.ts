import { MultiBar, type SingleBar } from 'cli-progress';
import { count, duration, plural } from '../amounts.js';
import type { Output } from '../output.js';
import { counted, type Progress, type ProgressView, phaseName } from './progress.js';

/** A bar for each collection, the log and the vectors, and a status line above them. */
export function createBars(output: Output): ProgressView {
  const bars = new Map<string, SingleBar>();
  const multi = new MultiBar({
    format: ' {name} {bar} {share} {counts}  {note}',
    ...{ barCompleteChar: '█', barIncompleteChar: '░', barsize: 24 },
    ...{ hideCursor: true, clearOnComplete: false, emptyOnZero: true, linewrap: false, autopadding: true, fps: 10 },
    // Ctrl-C is ours to handle.
    gracefulExit: false,
    stream: process.stdout,
  });
  const header = multi.create(1, 0, { text: '' }, { format: '{text}' });
  const pace = createPace();

  const draw = (name: string, value: number, total: number, note: string) => {
    const share = total === 0 ? '   –' : `${String(Math.floor((Math.min(value, total) / total) * 100)).padStart(3)}%`;
    const payload = { name: name.padEnd(NAME), share, counts: `${count(value)}/${count(total)}`, note };
    const bar = bars.get(name) ?? multi.create(total, value, payload);
    bars.set(name, bar);
    bar.setTotal(Math.max(total, value));
    bar.update(value, payload);
  };

  return {
    show(progress) {
      header.update(0, { text: headline(output, progress) });
      const { phase, collections, vectors } = progress;
      // Nothing to draw until the collections are counted.
      if (collections.length === 0) return;
      for (const { name, value, total, rejected } of counted(progress)) {
        draw(
          name,
          value,
          total,
          [pace(`${phase} ${name}`, value, total), rejected && `${rejected} rejected`].filter(Boolean).join(', '),
        );
      }
      const failed = vectors.failed > 0 ? `${count(vectors.failed)} failed` : '';
      draw(
        'vectors',
        vectors.done,
        vectors.total,
        [pace('vectors', vectors.done, vectors.total), failed].filter(Boolean).join(', '),
      );
    },
    note(text) {
      multi.log(`${text}\n`);
    },
    close() {
      multi.update();
      multi.stop();
    },
  };
}

const NAME = 10;

function headline(
  output: Output,
  { phase, isRollingBack, message, problem, lag, pacing, etaSeconds }: Progress,
): string {
  const parts = [
    output.style('bold', phaseName(phase, isRollingBack)),
    ...(problem ? [output.style('yellow', problem.message)] : message ? [message] : []),
    ...(lag.entries > 0 ? [`${plural(lag.entries, 'entry', 'entries')} (${duration(lag.seconds)}) behind`] : []),
    ...(pacing > 0 ? [`writes wait ${count(pacing)} ms`] : []),
    ...(etaSeconds ? [`ETA ${duration(etaSeconds)}`] : []),
  ];
  return parts.join('  ');
}

/** The average speed of each bar, and its estimated time of arrival. */
function createPace(): (name: string, value: number, total: number) => string {
  const began = new Map<string, { readonly at: number; readonly value: number }>();
  return (name, value, total) => {
    const now = performance.now();
    const start = began.get(name);
    if (!start || value <= start.value) {
      began.set(name, { at: now, value });
      return '';
    }
    if (value >= total) return '';
    const rate = (value - start.value) / ((now - start.at) / 1_000);
    return rate > 0 ? `${count(rate)}/s, ETA ${duration((total - value) / rate)}` : '';
  };
}
