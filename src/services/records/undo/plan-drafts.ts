import { parseId, type RecordKind } from '../../../domain/id.js';
import type { Memory } from '../../../domain/memory.js';
import type { RecordBase } from '../../../domain/record.js';
import type { Session } from '../../../domain/session.js';
import { sessions } from '../../../storage/collections.js';
import type { Change } from '../../../storage/store.js';
import type { RecordDraft, Rules } from '../rules/contract.js';
import { type RuleSet, withRules } from '../rules/rule-set.js';
import { type Plan, put } from '../transaction.js';
import type { ScreenedRoute } from '../write-screen.js';

/** The kinds of records that a request writes in a project. */
export const WRITTEN_KINDS = ['session', 'memory', 'task', 'state'] as const;

/** A draft of a record of any kind. */
export type Draft = RecordDraft<RecordBase>;

/**
 * Plans one commit of existing records of all kinds, by the rules of each. Its result is the ids of all that it writes.
 * @throws AlreadyExistsError, InvalidInputError when the rules refuse it
 */
export async function planDrafts(
  rules: RuleSet,
  route: ScreenedRoute,
  wanted: readonly Draft[],
  at: string,
): Promise<Plan<{ readonly ids: readonly string[] }>> {
  const drafts = await screened(rules, route, wanted);
  const ofKind = (kind: RecordKind) => drafts.filter(({ after }) => kindOf(after.id) === kind);
  const apply = (kind: RecordKind, some: readonly Draft[]) => applyRules(rules, kind, { route, drafts: some, at });

  const ofSessions = await apply('session', ofKind('session'));
  // Memories that are deleted or restored with their session, which isn't to be done twice.
  const contents = new Map(ofKind('memory').map(({ after }) => [after.id, after]));
  const carried = ofSessions.also.map((change) => withContent(change, contents));
  const isOwn = isWrittenBy([...drafts.map(({ after }) => after.id), ...carried.map(idOf)]);
  const isCarried = isWrittenBy(carried.map(idOf));
  const begun = new Set<string | null>(
    ofKind('session').map(({ after }) => (after.deletedAt ? null : (after as Session).key)),
  );
  const isNew = (change: Change) => !isOwn(idOf(change)) && !(keyOf(change) !== null && begun.has(keyOf(change)));

  const changes: Change[] = [...carried, ...ofSessions.own];
  for (const kind of WRITTEN_KINDS.slice(1)) {
    const { own, also } = await apply(
      kind,
      ofKind(kind).filter(({ after }) => !isCarried(after.id)),
    );
    changes.push(...also.filter(isNew), ...own);
  }
  return { changes, result: { ids: changes.filter(({ kind }) => kind === 'put').map(idOf) } };
}

/** The drafts, without secrets that earlier contents may have had. */
async function screened(rules: RuleSet, route: ScreenedRoute, drafts: readonly Draft[]): Promise<readonly Draft[]> {
  const ofKinds = WRITTEN_KINDS.map((kind) => {
    const some: readonly Draft[] = drafts.filter(({ after }) => kindOf(after.id) === kind);
    return withRules(rules, kind, <T extends RecordBase>(own: Rules<T>) =>
      route.screen.drafts(own, route, some as readonly RecordDraft<T>[]),
    );
  });
  return (await Promise.all(ofKinds)).flat();
}

interface Applied {
  readonly own: readonly Change[];
  readonly also: readonly Change[];
}

interface Work {
  readonly route: ScreenedRoute;
  readonly drafts: readonly Draft[];
  readonly at: string;
}

async function applyRules(rules: RuleSet, kind: RecordKind, { route, drafts, at }: Work): Promise<Applied> {
  if (drafts.length === 0) return { own: [], also: [] };
  return withRules(rules, kind, async <T extends RecordBase>(own: Rules<T>): Promise<Applied> => {
    const { documents, also } = await own.apply(route, drafts as readonly RecordDraft<T>[], at);
    return { own: documents.map((document, index) => put(own.spec, drafts[index]!.operation, document)), also };
  });
}

/** A memory that is written with its session, with the content that its own draft gives it. */
function withContent(change: Change, contents: ReadonlyMap<string, RecordBase>): Change {
  const content = change.kind === 'put' && contents.get(change.document.id);
  if (!content) return change;
  const { version, updatedAt, deletedAt, deletedWith } = change.document as Memory;
  const document: RecordBase & Pick<Memory, 'deletedWith'> = {
    ...content,
    ...{ version, updatedAt, deletedAt, deletedWith },
  };
  return { ...change, document };
}

function isWrittenBy(ids: readonly string[]): (id: string) => boolean {
  const all = new Set(ids);
  return (id) => all.has(id);
}

const idOf = (change: Change): string => (change.kind === 'put' ? change.document.id : change.id);
const kindOf = (id: string): RecordKind | undefined => parseId(id)?.kind;

/** The key of a session that a change begins. */
function keyOf(change: Change): string | null {
  const begins = change.kind === 'put' && change.collection === sessions.name && change.operation === 'CREATE';
  return begins ? (change.document as Session).key : null;
}
