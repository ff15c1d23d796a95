/** A generator's `return()` waits for what the generator waits for; this one interrupts it first. */
export function interruptible<T>(generator: AsyncGenerator<T>, interrupt: () => void): AsyncIterableIterator<T> {
  return {
    next: () => generator.next(),
    return: () => {
      interrupt();
      return generator.return(undefined);
    },
    throw: (error) => {
      interrupt();
      return generator.throw(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
