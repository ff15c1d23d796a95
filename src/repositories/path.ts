import { posix, win32 } from 'node:path';

const WINDOWS = /^(?:[A-Za-z]:[\\/]|\\\\[^\\/]+[\\/]+[^\\/]+)/;

/**
 * An absolute path of any system, the way it is stored and compared: without `.` and `..`, doubled or trailing
 * separators, and with a drive's letter in upper case. Null when the path isn't absolute.
 */
export function normalizePath(path: string): string | null {
  if (path.startsWith('/')) return trimEnd(posix.normalize(path.replace(/^\/+/, '/')), '/', 1);
  if (!WINDOWS.test(path)) return null;
  const normal = win32.normalize(path);
  return normal.startsWith('\\')
    ? trimEnd(normal, '\\', 2)
    : trimEnd(normal[0]!.toUpperCase() + normal.slice(1), '\\', 3);
}

/** Without separators at the end, as long as it keeps the root's length. */
function trimEnd(path: string, separator: string, root: number): string {
  let end = path.length;
  while (end > root && path[end - 1] === separator) end--;
  return path.slice(0, end);
}
