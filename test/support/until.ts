import { setTimeout as delay } from 'node:timers/promises';

/** Resolves when the condition holds, checked every 5 ms. The test's timeout is the only deadline. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await delay(5);
}
