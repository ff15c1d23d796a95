import { APIError } from 'better-auth/api';
import type { RowChange } from '../../services/sign-in/rows.js';
import { oauthConsents } from '../../storage/sign-in-collections.js';
import type { ConsentChoice } from '../contract.js';
import type { Rows } from './model.js';

/**
 * Rows in which a consent is written together with what the user chose, and not without: no moment passes in which a program
 * could have more.
 */
export function withChoices(rows: Rows, current: () => ConsentChoice | null): Rows {
  function chosen(change: RowChange): RowChange {
    if (change.collection !== oauthConsents.name || !('row' in change)) return change;
    const choice = current();
    if (choice?.userId !== change.row.userId) throw notChosen();
    const { projectIds, level } = choice!;
    return { ...change, row: { ...change.row, projectIds: projectIds && [...projectIds], level } } as RowChange;
  }

  return { ...rows, commit: async (changes) => rows.commit(changes.map(chosen)) };
}

const notChosen = () =>
  new APIError('BAD_REQUEST', {
    error: 'invalid_request',
    error_description: 'What the program may do was not chosen: let it in at the page /consent.',
  });
