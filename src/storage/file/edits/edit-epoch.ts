import type { Cache } from '../cache/cache.js';

/** The epoch that edits are committed under, and whether they are taken over. */

/** The catalog's epoch, so that a project that moved away isn't written; without a manifest, the store's own. */
const ROUTE = "iif(json_type(manifest, '$.epoch') = 'integer', manifest ->> '$.epoch', epoch)";

export const routedBy = ({ statement }: Cache): number =>
  statement(`select ${ROUTE} from head`).pluck().get() as number;

/** Under a negative epoch, only a migration writes. */
export const isBeingMoved = ({ statement }: Cache): boolean =>
  (statement('select epoch from head').pluck().get() as number) < 0;

/** Whether edits are taken over: the project lives here, according to its manifest. */
export const isTakingEdits = ({ statement }: Cache): boolean =>
  statement(`select epoch >= 0 and ${ROUTE} = epoch from head`).pluck().get() === 1;
