/** The code of an error of Node, of the system or of a library; empty when it has none, and for what is no error. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Whether the file system said that nothing is at a path: also because nothing can be, such as below a file. */
export const isAbsent = (error: unknown): boolean => /^(ENOENT|ENOTDIR|ELOOP|ENAMETOOLONG)$/.test(codeOf(error));
