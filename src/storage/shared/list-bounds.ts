/** A list's range as its query names it. `P`: a place in the list's order. */
export interface RangeQuery<P> {
  readonly after?: P | null;
  readonly before?: P | null;
  readonly fromEnd?: boolean;
}

/** The range's bounds in ascending order, both exclusive, and whether it is read in that order. */
export function boundsOf<P>(
  direction: 'ASC' | 'DESC',
  { after = null, before = null, fromEnd = false }: RangeQuery<P>,
): { readonly above: P | null; readonly below: P | null; readonly isAscending: boolean } {
  const isAscending = (direction === 'ASC') !== fromEnd;
  return direction === 'ASC'
    ? { above: after, below: before, isAscending }
    : { above: before, below: after, isAscending };
}
