import { posix, win32 } from 'node:path';
import { isAscii } from './text/ascii.js';

/** Absolute on Windows: of a drive, of a server's share, or in the form that names either to the system itself (`\\?\…`). */
const WINDOWS = /^(?:[A-Za-z]:[\\/]|\\\\[^\\/]+[\\/]+[^\\/]|[\\/]{2}[?.][\\/]+[^\\/])/;
/** A share with slashes. Systems other than Windows take that for a path of theirs with a doubled separator. */
const SLASHED_SHARE = /^\/\/[^\\/]+[\\/]+[^\\/]/;
/** What that form has before a drive, and before the name of a server. */
const BEFORE_DRIVE = /^\\\\[?.]\\+(?=[A-Za-z]:\\)/;
const BEFORE_SERVER = /^\\\\[?.]\\+UNC\\+(?=[^\\])/i;

/** As Node names it, such as `linux`, `darwin` or `win32`. */
type Platform = typeof process.platform;

/**
 * An absolute path of any system, the way it is stored and shown: without `.` and `..`, doubled or trailing separators, and
 * with a drive's letter in upper case. Null when the path isn't absolute.
 * @param platform of the server: only on Windows is `//server/share` a share
 */
export function normalizePath(path: string, platform: Platform = process.platform): string | null {
  const windows = windowsPath(path, platform);
  if (windows) return windows.prefix + (windows.prefix ? windows.plain.replace(/^\\\\/, '') : windows.plain);
  return path.startsWith('/') ? trimEnd(posix.normalize(path.replace(/^\/+/, '/')), '/', 1) : null;
}

/**
 * One text for all spellings of a folder's absolute path, to find and compare it by; null when the path isn't absolute. Paths
 * of Windows, and all paths where the server runs on Windows or macOS, are alike in upper and lower case and in composed and
 * decomposed characters, and `\\?\C:\app` is `C:\app`. Elsewhere a name is its characters: `/App` and `/app` are two folders,
 * and so are the two ways to write `é`.
 */
export function pathKey(path: string, platform: Platform = process.platform): string | null {
  const windows = windowsPath(path, platform);
  if (windows) return foldName(windows.plain);
  const normal = normalizePath(path, platform);
  return normal === null ? null : nameKey(normal, platform);
}

/** The same of a name in a folder on the server's own disk. */
export function nameKey(name: string, platform: Platform = process.platform): string {
  return platform === 'darwin' || platform === 'win32' ? foldName(name) : name;
}

/** A path of Windows without what the system's own form has before it; null when it is none. */
function windowsPath(path: string, platform: Platform): { readonly prefix: string; readonly plain: string } | null {
  if (!WINDOWS.test(path) && !(platform === 'win32' && SLASHED_SHARE.test(path))) return null;
  const whole = path.replace(/\//g, '\\');
  const drive = BEFORE_DRIVE.exec(whole)?.[0];
  if (drive !== undefined) return { prefix: drive, plain: normalizeWindows(whole.slice(drive.length)) };
  const server = BEFORE_SERVER.exec(whole)?.[0];
  if (server !== undefined) return { prefix: server, plain: normalizeWindows(`\\\\${whole.slice(server.length)}`) };
  return { prefix: '', plain: normalizeWindows(whole) };
}

function normalizeWindows(path: string): string {
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

function foldName(name: string): string {
  return Array.from(name.normalize('NFC'), foldCharacter).join('').normalize('NFC');
}

/** File systems fold each character separately: `ß` stays, and nothing beyond ASCII becomes a letter of ASCII, as `ı` would `i`. */
function foldCharacter(character: string): string {
  const upper = character.toUpperCase();
  const folded = (isOne(upper) ? upper : character).toLowerCase();
  return isOne(folded) && isAscii(folded) === isAscii(character) ? folded : character;
}

const isOne = (text: string): boolean => text.length === String.fromCodePoint(text.codePointAt(0)!).length;
