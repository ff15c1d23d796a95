/** A refused item, and why. */
export interface RefusedItem<T> {
  readonly item: T;
  readonly error: unknown;
}

/** The outcome of work on a batch. */
export interface BisectedBatch<T> {
  /** Items that were refused individually. */
  readonly refused: readonly RefusedItem<T>[];
  /** Whether any item was accepted. */
  readonly isAccepted: boolean;
  /** Whether items are left, because the items didn't seem to be the cause of the refusals. */
  readonly isGivenUp: boolean;
}

/** When the first items, this many, are all refused individually, the items aren't the cause. */
const GIVEN_UP_AFTER = 3;

/**
 * Does work on a batch. A refused batch is split in half and repeated, until the refused items are found: one of them blocks
 * no other. `work` returns the items that it knows to be refused, and must be safe to repeat.
 * @param isRefusal whether an error is about the items; any other error ends the work. @throws that other error
 */
export async function bisectBatch<T>(
  items: readonly T[],
  work: (items: readonly T[]) => Promise<readonly RefusedItem<T>[]>,
  isRefusal: (error: unknown) => boolean,
): Promise<BisectedBatch<T>> {
  const refused: RefusedItem<T>[] = [];
  let isAccepted = false;
  const isGivenUp = () => !isAccepted && refused.length >= GIVEN_UP_AFTER;

  async function attempt(some: readonly T[]): Promise<void> {
    if (some.length === 0 || isGivenUp()) return;
    const own = await refusedOf(some);
    // All were refused: the cause may be one of them.
    if (own.length === some.length && some.length > 1) {
      const middle = some.length >> 1;
      await attempt(some.slice(0, middle));
      await attempt(some.slice(middle));
      return;
    }
    refused.push(...own);
    isAccepted ||= own.length < some.length;
  }

  async function refusedOf(some: readonly T[]): Promise<readonly RefusedItem<T>[]> {
    try {
      return await work(some);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return some.map((item) => ({ item, error }));
    }
  }

  await attempt(items);
  return { refused, isAccepted, isGivenUp: isGivenUp() };
}
