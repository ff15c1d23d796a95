import { type Bench, meetsGoal, type Row } from './measure.js';

/** Runs the named benchmarks (all by default) and prints their table. */
const BENCHES = [
  'start',
  'mcp',
  'hook',
  'commit',
  'task-by-id',
  'writes',
  'claims',
  'ready',
  'upserts',
  'pages',
  'sessions',
  'scopes',
  'authentication',
  'sign-in',
  'search',
  'context',
  'responsiveness',
  'fairness',
  'subscribers',
  'bulk',
  'chroma',
  'voyage',
  'atlas',
  'mongodb',
  'files',
  'migration',
  'secrets',
] as const;

/** Parts of one of them, which run alone when they are named. */
const PARTS = ['migration-copy'] as const;

const named = process.argv.slice(2);
const unknown = named.filter((name) => ![...BENCHES, ...PARTS].some((each) => each === name));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}. These exist: ${[...BENCHES, ...PARTS].join(', ')}.`);
  process.exit(2);
}
console.log('| work | ours | floor | ratio | goal | |\n|---|---|---|---|---|---|');
for (const name of named.length === 0 ? BENCHES : [...BENCHES, ...PARTS].filter((each) => named.includes(each))) {
  const { bench } = (await import(`./${name}.js`)) as { bench: Bench };
  for (const row of await bench()) console.log(line(row));
}

function line(row: Row): string {
  const goal = row.goal ? ('atLeast' in row.goal ? `≥ ${row.goal.atLeast}×` : `≤ ${row.goal.atMost}×`) : '–';
  const met = meetsGoal(row);
  const verdict = met === null ? '' : met ? 'met' : 'MISSED';
  return `| ${row.work} | ${row.ours} | ${row.floor} | ${row.ratio.toFixed(2)}× | ${goal} | ${[verdict, row.note].filter(Boolean).join(', ')} |`;
}
