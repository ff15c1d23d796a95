import { snippet } from '../../util/text/plain.js';
import { findNameFault } from '../fields/actor-name.js';

const MAX = 60;
const UNNAMED = 'a program';

/** The name that a program gives itself, as it is shown and logged: anybody may choose any. */
export function programName(name: string | null): string {
  const shown = snippet(name ?? '', MAX);
  return findNameFault(shown) === null ? shown : UNNAMED;
}
