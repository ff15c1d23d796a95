import { count, plural } from '../amounts.js';
import { confirm } from '../ask.js';
import { EXIT, type ExitCode, payloadOf } from '../exit.js';
import { findProject } from '../find-project.js';
import { graphql } from '../gql/gql.js';
import type { ScanSecretsMutation } from '../gql/graphql.js';
import type { Session } from '../session.js';
import { printTable } from '../table.js';

const ScanSecrets = graphql(`
  mutation ScanSecrets($input: ScanSecretsInput!) {
    scanSecrets(input: $input) {
      ... on ScanSecretsPayload {
        recordsScanned entriesScanned recordsRedacted entriesRedacted recordsLeft entriesLeft
        rules { rule records entries }
        findings { recordId field rule count isCurrent entries obstacle }
        hasMoreFindings problem after
      }
      ... on Error { code message hint }
    }
  }
`);

type Part = Extract<ScanSecretsMutation['scanSecrets'], { readonly findings: unknown }>;
type Finding = Part['findings'][number];

interface ScanOptions {
  readonly project?: string;
  readonly redact?: boolean;
  readonly yes?: boolean;
}

/** How many findings are shown. */
const MOST_SHOWN = 100;

/** Searches a project, call by call, and prints what was found in all of it. */
export async function scanSecrets(
  { api, output }: Session,
  { project: named, redact = false, yes = false }: ScanOptions,
): Promise<ExitCode> {
  const project = await findProject(api, named);
  if (redact) {
    const question = `Replace every secret in ${project.name}, also in its history? What it replaces can't be restored.`;
    await confirm(output, question, yes);
  }
  const total = createTotal();
  for (let after: string | null = null; ; ) {
    const input = { projectId: project.id, redact, after };
    const part: Part = payloadOf((await api.run(ScanSecrets, { input })).scanSecrets);
    total.add(part);
    after = part.after;
    if (after === null) break;
    output.note(`${total.searched()} so far …`);
  }
  const { counts, findings, rules, hasMore, problem } = total.all();
  output.json({ projectId: project.id, ...counts, rules, findings, hasMoreFindings: hasMore, problem });
  const found = redact ? findings.filter(({ obstacle }) => obstacle !== null) : findings;
  if (found.length > 0) printFindings(output, found);
  if (found.length > 0 && hasMore) output.line('… and more, of which the counts below tell.');
  for (const { rule, records, entries } of rules)
    output.line(`${rule}: in ${plural(records, 'record')}, ${plural(entries, 'entry', 'entries')} of the log`);
  output.line(`${project.name}: ${total.searched()}; ${outcome(redact, rules.length > 0, counts)}`);
  for (const obstacle of new Set(found.map((each) => each.obstacle)))
    if (obstacle) output.note(`Not redacted: ${obstacle}`);
  if (problem !== null) output.note(problem);
  if (!redact && rules.length > 0) output.note('Replace them with --redact, and renew them where they are valid.');
  const isLeft = redact ? counts.recordsLeft + counts.entriesLeft > 0 || problem !== null : rules.length > 0;
  return isLeft ? EXIT.secretsFound : EXIT.done;
}

function outcome(redact: boolean, isFound: boolean, { recordsRedacted, entriesRedacted }: Counts): string {
  if (redact && isFound)
    return `redacted ${plural(recordsRedacted, 'record')} and ${plural(entriesRedacted, 'entry', 'entries')} of the log.`;
  return isFound ? 'secrets were found.' : 'no secrets were found.';
}

function printFindings(output: Session['output'], findings: readonly Finding[]): void {
  const rows = findings.map(({ recordId, field, rule, count: number, isCurrent, entries }) => [
    recordId,
    field,
    rule,
    count(number),
    isCurrent ? 'record' : 'history',
    count(entries),
  ]);
  printTable(output, ['record', 'field', 'rule', 'secrets>', 'in', 'log entries>'], rows);
}

const NONE = {
  recordsScanned: 0,
  entriesScanned: 0,
  recordsRedacted: 0,
  entriesRedacted: 0,
  recordsLeft: 0,
  entriesLeft: 0,
};
type Counts = Readonly<typeof NONE>;

/** The sum of the calls of one scan. */
function createTotal() {
  const counts = { ...NONE };
  const rules = new Map<string, Part['rules'][number]>();
  const findings = new Map<string, Finding>();
  let hasMore = false;
  let problem: string | null = null;
  return {
    add(part: Part) {
      for (const name of Object.keys(counts) as (keyof Counts)[]) counts[name] += part[name];
      for (const { rule, records, entries } of part.rules) {
        const known = rules.get(rule) ?? { rule, records: 0, entries: 0 };
        rules.set(rule, { rule, records: known.records + records, entries: known.entries + entries });
      }
      for (const finding of part.findings) {
        const key = `${finding.recordId} ${finding.field} ${finding.rule}`;
        const known = findings.get(key);
        if (known) findings.set(key, { ...known, entries: known.entries + finding.entries });
        else if (findings.size < MOST_SHOWN) findings.set(key, finding);
        else hasMore = true;
      }
      hasMore ||= part.hasMoreFindings;
      // A later call erases what an earlier one couldn't.
      problem = part.problem;
    },
    searched: () =>
      `${plural(counts.recordsScanned, 'record')} and ${plural(counts.entriesScanned, 'entry', 'entries')} of the log searched`,
    all: () => ({ counts, rules: [...rules.values()], findings: [...findings.values()], hasMore, problem }),
  };
}
