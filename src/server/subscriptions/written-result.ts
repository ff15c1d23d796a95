import type { ExecutionResult } from 'graphql';

/** A result that is written as JSON once, whatever number of clients it is sent to. It must not be changed. */
export interface WrittenResult extends ExecutionResult {
  /** Its JSON, errors last. Yoga asks results for it by this name. */
  stringify(): string;
}

export function writtenOnce({ errors, ...rest }: ExecutionResult): WrittenResult {
  const result = errors ? { ...rest, errors } : rest;
  let text: string | undefined;
  return {
    ...result,
    stringify: () => {
      text ??= JSON.stringify(result);
      return text;
    },
  };
}
