/** The code of an error of the file system or of SQLite; empty for anything else. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Whether the file system said that nothing is at a path: also because nothing can be, such as below a file. */
export const isAbsent = (error: unknown): boolean => /^(ENOENT|ENOTDIR|ELOOP|ENAMETOOLONG)$/.test(codeOf(error));
