/**
 * A read shared by all callers that ask for the same before it begins: a thousand followers come back at once, to a
 * pool of ten.
 */
export function createSharedRead<A extends readonly (string | number)[], T>(
  read: (...args: A) => Promise<T>,
): (...args: A) => Promise<T> {
  const asked = new Map<string, Promise<T>>();

  return (...args) => {
    const key = args.join(' ');
    let found = asked.get(key);
    if (!found) {
      found = new Promise((resolve, reject) => {
        process.nextTick(() => {
          asked.delete(key);
          read(...args).then(resolve, reject);
        });
      });
      asked.set(key, found);
    }
    return found;
  };
}
