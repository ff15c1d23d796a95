import { hook } from '../hook/main.js';

/** The command `mooring hook`, in a file of its own: it is started for every event of an agent. */

/** @returns the exit code, always 0 */
export async function run(args: readonly string[]): Promise<number> {
  await hook(args);
  return 0;
}
