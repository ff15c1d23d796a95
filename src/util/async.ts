/** Whether a promise settles within so many ms. Rejects as it does, if it does so in time. */
export async function settlesWithin(promise: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  try {
    return await Promise.race([promise.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * What a promise gives; while that takes long, work is done each time `everyMs` have passed. When this ends, however it does, neither is
 * under way. @throws what either throws
 */
export async function meanwhile<T>(awaited: Promise<T>, work: () => Promise<unknown>, everyMs: number): Promise<T> {
  try {
    while (!(await settlesWithin(awaited, everyMs))) await work();
  } finally {
    await awaited.catch(() => {});
  }
  return awaited;
}
