/** An item that was refused, and why. */
export interface RefusedItem<T> {
  readonly item: T;
  readonly error: unknown;
}

/** How work on several items went. */
export interface BisectedBatch<T> {
  /** Those that were refused when they stood alone. */
  readonly refused: readonly RefusedItem<T>[];
  /** Whether anything was accepted. */
  readonly isAccepted: boolean;
  /** Whether some were left, because it didn't seem to be the items that were refused. */
  readonly isGivenUp: boolean;
}

/** When this many in a row are refused alone, and nothing was accepted before, it isn't them. */
const GIVEN_UP_AFTER = 3;

/**
 * Does work on all items together. What is refused is done again by halves, until those that are refused stand alone: so one
 * holds back no other. `work` gives the items that it refused by itself, and must be safe to repeat.
 * @param isRefusal whether an error is about the items; another one ends it. @throws that other error
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
    // All of several: it may be one of them, or none.
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
