/** A generator whose `return()` interrupts what it awaits, instead of waiting for it. */
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
