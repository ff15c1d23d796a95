import type { Command } from 'commander';
import { everyNode } from '../api.js';
import { findProject } from '../find-project.js';
import { graphql } from '../gql/gql.js';
import type { AuditFilter, ExportAuditQuery, Operation } from '../gql/graphql.js';
import { acting, oneOf, type Session, wholeNumber, withGlobalOptions } from '../session.js';
import { printTable } from '../table.js';
import { parsePast } from '../times.js';
import { findUser } from './find-user.js';

const ListAudit = graphql(`
  query ListAudit($filter: AuditFilter, $first: Int, $after: String) {
    auditLog(filter: $filter, first: $first, after: $after) {
      nodes {
        at actor actorId actorName actorKind client operation collection recordId projectId version requestId summary
        changes { field before after isHidden }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

const ExportAudit = graphql(`
  query ExportAudit($filter: AuditFilter, $first: Int, $after: String) {
    auditLogCsv(filter: $filter, first: $first, after: $after) { text endCursor }
  }
`);

interface AuditOptions {
  readonly actor?: string;
  readonly collection?: string;
  readonly record?: string;
  readonly project?: string;
  readonly request?: string;
  readonly operation?: Operation;
  readonly after?: string;
  readonly before?: string;
  readonly limit?: number;
  readonly csv?: boolean;
}

const DEFAULT_LIMIT = 50;
/** The most entries of a part of a CSV file. */
const PART = 1_000;
const OPERATIONS = ['CREATE', 'UPDATE', 'DELETE', 'RESTORE', 'REVERT', 'REDACT', 'PURGE'] as const;

/** `mooring audit` */
export function addAuditCommand(program: Command): void {
  withGlobalOptions(program.command('audit'))
    .description(
      'Lists who did what on the server: users, roles, access, keys, settings, projects, moves. With --project, what was done in it.',
    )
    .option('--actor <who>', 'only what they did, with any key of theirs: an email, an id, or local')
    .option('--collection <name>', 'only records of this kind, such as users, grants, apiKeys, projects or tasks')
    .option('--record <id>', 'only what was done to it')
    .option('--project <id|path>', 'the log of this project; with a --collection of the server, what is about it there')
    .option('--request <id>', 'only what this request did')
    .option('--operation <operation>', OPERATIONS.join(', ').toLowerCase(), oneOf(...OPERATIONS))
    .option('--after <time>', 'from then on, such as 2026-12-01 or 2h (two hours ago)', parsePast)
    .option('--before <time>', 'until then', parsePast)
    .option('--limit <n>', `the most entries (default: ${DEFAULT_LIMIT}; with --csv all)`, wholeNumber(1, 1_000_000))
    .option('--csv', 'as CSV')
    .action(acting(showAudit, { keepsTexts: true }));
}

async function showAudit(session: Session, options: AuditOptions): Promise<undefined> {
  const filter = await filterOf(session, options);
  return options.csv ? printCsv(session, filter, options.limit) : printEntries(session, filter, options.limit);
}

async function filterOf({ api }: Session, options: AuditOptions): Promise<AuditFilter> {
  const { actor, collection, record, project, request, operation, after, before } = options;
  return {
    ...(actor !== undefined && { actor: actor.includes('@') ? (await findUser(api, actor)).id : actor }),
    ...(project !== undefined && { projectId: (await findProject(api, project)).id }),
    ...(collection !== undefined && { collection }),
    ...(record !== undefined && { recordId: record }),
    ...(request !== undefined && { requestId: request }),
    ...(operation && { operation }),
    ...(after !== undefined && { after }),
    ...(before !== undefined && { before }),
  };
}

async function printEntries({ api, output }: Session, filter: AuditFilter, limit = DEFAULT_LIMIT): Promise<undefined> {
  const read = async (first: number, after: string | null) =>
    (await api.run(ListAudit, { filter, first, after })).auditLog;
  const rows: string[][] = [];
  for await (const entry of everyNode(read, limit)) {
    output.json(entry);
    const { at, actor, actorName, client, operation, collection, summary } = entry;
    const who = actorName === null ? actor : [actorName, client].filter(Boolean).join(' ');
    rows.push([at, who, operation, collection, summary]);
  }
  if (rows.length === 0) output.line(`There are no such entries.${elsewhere(filter)}`);
  else printTable(output, ['when', 'who', 'did', 'to', 'what'], rows);
}

/** Where else to look when a project's own log has nothing. */
function elsewhere({ projectId, collection }: AuditFilter): string {
  if (projectId === undefined || collection !== undefined) return '';
  return ' What was done with the project as a whole, or with access to it, is shown with --collection projects, or grants.';
}

async function printCsv(
  { api, output }: Session,
  filter: AuditFilter,
  limit = Number.POSITIVE_INFINITY,
): Promise<undefined> {
  let left = limit;
  for (let after: string | null = null; left > 0; ) {
    const first = Math.min(PART, left);
    const part: ExportAuditQuery['auditLogCsv'] = (await api.run(ExportAudit, { filter, first, after })).auditLogCsv;
    await output.document(part.text);
    left -= first;
    after = part.endCursor ?? null;
    if (after === null) return;
  }
}
