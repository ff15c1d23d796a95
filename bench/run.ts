import { type Bench, meetsGoal, type Row } from './measure.js';

/** Runs the benchmarks that are named (all when none is) and prints their table. */
const BENCHES = [
  'start',
  'commit',
  'task-by-id',
  'writes',
  'pages',
  'search',
  'context',
  'responsiveness',
  'bulk',
] as const;

const named = process.argv.slice(2);
const rows: Row[] = [];
for (const name of BENCHES.filter((each) => named.length === 0 || named.includes(each))) {
  console.error(`running ${name} …`);
  const { bench } = (await import(`./${name}.js`)) as { bench: Bench };
  rows.push(...(await bench()));
}
console.log('| work | ours | floor | ratio | goal | |\n|---|---|---|---|---|---|');
for (const row of rows) {
  const goal = row.goal ? ('atLeast' in row.goal ? `≥ ${row.goal.atLeast}×` : `≤ ${row.goal.atMost}×`) : '–';
  const met = meetsGoal(row);
  console.log(
    `| ${row.work} | ${row.ours} | ${row.floor} | ${row.ratio.toFixed(2)}× | ${goal} | ${met === null ? '' : met ? 'met' : 'MISSED'} ${row.note ?? ''} |`,
  );
}
