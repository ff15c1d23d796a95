import { join, resolve, sep } from 'node:path';
import { parseId } from '../../domain/id.js';

/** The data directory's folders in which whatever lies is the server's. */
const OWN = ['catalog', 'projects', 'caches'];

/**
 * The folder that a path is, or lies in, and in which a project's files must not: one of the server's own, or a project's.
 * They would be taken for its files there, and go when it goes. Null when there is none.
 */
export function takenBy(dataDirectory: string, path: string): string | null {
  const whole = resolve(path);
  const own = OWN.map((name) => join(resolve(dataDirectory), name));
  const found = own.find((folder) => whole === folder || whole.startsWith(folder + sep));
  if (found) return found;
  const names = whole.split(sep);
  const index = names.findIndex((name) => parseId(name)?.kind === 'project');
  return index < 0 ? null : names.slice(0, index + 1).join(sep);
}
