import type { IndexPurpose } from '../vectors/vector-index.js';

/** A copy that a thread makes of an index file: both paths, and the copy's purpose. */
export interface IndexCopyTask extends IndexPurpose {
  readonly from: string;
  readonly to: string;
}
