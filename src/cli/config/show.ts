import { count } from '../amounts.js';
import type { GetHealthQuery, ModeFieldsFragment } from '../gql/graphql.js';
import type { Output } from '../output.js';
import { printTable } from '../table.js';

/** Prints what each mode is made of, then its settings. */
export function printModes(output: Output, modes: readonly ModeFieldsFragment[]): void {
  printTable(
    output,
    ['mode', 'usable', 'place', 'vectors', 'embedder'],
    modes.map(({ mode, available, place, vectorSearch, embedder }) => [
      mode,
      available ? output.style('green', 'yes') : output.style('yellow', 'no'),
      place ?? '–',
      vectorSearch,
      `${embedder.model} (${embedder.dimensions})`,
    ]),
  );
  for (const mode of modes) {
    output.line();
    printMode(output, mode);
  }
}

/** Prints a mode's settings, and what is the matter with it. */
export function printMode(
  output: Output,
  { mode, reason, hint, embedder, settings, secrets }: ModeFieldsFragment,
): void {
  output.line(output.style('bold', mode));
  for (const text of [reason && `${reason} ${hint ?? ''}`, embedder.note]) {
    if (text) output.line(output.style('yellow', text.trim()));
  }
  const from = (source: string, variable: string | null) => variable ?? source.toLowerCase();
  const rows = [
    ...settings.map(({ name, value, source, variable }) => [name, value || '–', from(source, variable)]),
    ...secrets.map(({ name, isSet, ending, source, variable }) => [
      name,
      isSet ? `set${ending && `, …${ending}`}` : '–',
      from(source, variable),
    ]),
  ];
  printTable(output, ['setting', 'value', 'from'], rows);
}

/** Prints how places are doing. */
export function printHealth(output: Output, places: GetHealthQuery['storageHealth']): void {
  printTable(
    output,
    ['mode', 'ok', 'place', 'latency>', 'records>', 'what is the matter'],
    places.map(({ mode, ok, place, latencyMs, collections, problems }) => [
      mode,
      ok ? output.style('green', 'yes') : output.style('red', 'no'),
      place || '–',
      latencyMs === null ? '–' : `${latencyMs.toFixed(1)} ms`,
      count(collections.reduce((sum, { count: records }) => sum + records, 0)),
      problems.join(' ') || '–',
    ]),
  );
}
