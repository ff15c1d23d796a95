import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of Mooring's own package, in which this code lies; null when it was taken out of it. */
export function packageRoot(): string | null {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (isPackageRoot(folder)) return folder;
    if (folder === dirname(folder)) return null;
  }
}

let known: string | undefined;

/** The version of the package; `0.0.0` when this code was taken out of it. */
export function packageVersion(): string {
  const root = known === undefined ? packageRoot() : null;
  known ??= String((root !== null && read(root)?.version) || '0.0.0');
  return known;
}

const isPackageRoot = (folder: string): boolean => read(folder)?.name === 'mooring';

/** What `package.json` of a folder says; null when there is none. */
function read(folder: string): { readonly name?: unknown; readonly version?: unknown } | null {
  try {
    return Object(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
  } catch {
    return null;
  }
}
