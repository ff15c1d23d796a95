import { setTimeout as delay } from 'node:timers/promises';

/** Resolves when something holds, looking every few milliseconds. That it does before the test ends is what is tested. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await delay(5);
}
