import type { Author } from '../../../domain/author.js';
import { parseInput } from '../../../domain/fields/parse.js';
import { parseId } from '../../../domain/id.js';
import type { RecordBase } from '../../../domain/record.js';
import type { Collection, Store } from '../../../storage/store.js';
import { nextTurn } from '../../../util/async.js';
import { inPages } from '../../../util/in-pages.js';
import { grouped } from '../../../util/text/grouped.js';
import { requestUndo } from '../../input/record.js';
import { type RuleSet, withRules } from '../rules/rule-set.js';
import type { Router } from '../store-router.js';
import type { Transact } from '../transaction.js';
import { ChangedSinceError, MAX_CHANGES_NAMED } from './errors.js';
import { type Draft, planDrafts, WRITTEN_KINDS } from './plan-drafts.js';
import { isAsLeft, reversal } from './reversal.js';
import { createSessionTies } from './session-ties.js';
import { findWritten, type WrittenRecord } from './written-records.js';

/** The undo of what a request wrote in a project. */
export interface UndoneRequest {
  /** Ids of the records that were changed; empty when all are as they were before the request already. */
  readonly ids: readonly string[];
}

/**
 * Undoes everything that a request wrote in a project, in one commit: what it created is deleted, everything else is as it
 * was before. Another undo undoes that. A session that only follows its memories stays when others have memories in it.
 * @throws ChangedSinceError when others have changed one of the records since, unless that is undone
 * @throws NotFoundError, InvalidInputError as `findWritten`
 */
export type UndoRequest = (
  author: Author,
  input: { readonly projectId: string; readonly requestId: string },
) => Promise<UndoneRequest>;

/** Records looked at before other work gets a turn. */
const AT_ONCE = 500;

/** @param most changes that one call undoes. Left out: `MAX_UNDONE` */
export function createUndoRequest(router: Router, transact: Transact, rules: RuleSet, most?: number): UndoRequest {
  return (author, given) => {
    const asked = parseInput(requestUndo, given);
    return transact(
      author,
      () => router.toProject(asked.projectId),
      async (route, at) => {
        const written = await findWritten(route.store, asked, most);
        const current = await readCurrent(rules, route.store, written);
        const ties = createSessionTies(route.store, written, current);
        const drafts: Draft[] = [];
        const changed: string[] = [];
        for (const [index, each] of written.entries()) {
          if (index % AT_ONCE === AT_ONCE - 1) await nextTurn();
          const now = current.get(each.id);
          // What the request created and somebody purged: of others that are purged, the log has no content.
          if (!now) continue;
          const undo = reversal(each, now, at);
          if (undo === null) continue;
          const isFree = changed.length < MAX_CHANGES_NAMED && (await isAsLeft(route.store, each, now));
          const blocker = isFree ? await ties.findOther(undo) : each.id;
          if (blocker === null) drafts.push(undo);
          else if (!ties.follows(each)) changed.push(blocker);
        }
        if (changed.length > 0) throw await changedSince(route.store, changed, written.length);
        return planDrafts(rules, route, drafts, at);
      },
    );
  };
}

/** The records as they are, by their ids. */
async function readCurrent(
  rules: RuleSet,
  store: Store,
  written: readonly WrittenRecord[],
): Promise<ReadonlyMap<string, RecordBase>> {
  const current = new Map<string, RecordBase>();
  for (const kind of WRITTEN_KINDS) {
    const ids = written.filter(({ id }) => parseId(id)?.kind === kind).map(({ id }) => id);
    const getFirst = withRules<Collection<RecordBase>['getFirst']>(
      rules,
      kind,
      ({ spec }) => store.collection(spec).getFirst,
    );
    for await (const page of inPages(ids, getFirst)) {
      for (const record of page) if (record) current.set(record.id, record);
    }
  }
  return current;
}

async function changedSince(store: Store, ids: readonly string[], count: number): Promise<ChangedSinceError> {
  const last = await store.log.ofEach(ids.slice(0, MAX_CHANGES_NAMED), 'LAST', 0);
  const named = ids.slice(0, 3).join(', ');
  const more = ids.length > 3 ? ` and ${grouped(ids.length - 3)} more` : '';
  return new ChangedSinceError(
    `The request wrote ${grouped(count)} ${count === 1 ? 'record' : 'records'}, and others have changed these since: ${named}${more}. Nothing was written.`,
    'See `changes`: undo those requests first, the newest before the others, or set single records back with `revertRecord`.',
    last.filter((entry) => entry !== null),
  );
}
