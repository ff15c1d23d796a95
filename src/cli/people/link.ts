import type { Output } from '../output.js';

/** The whole link; where the server doesn't know its own address, the one that the command line uses. */
export const linkAt = (
  serverUrl: string,
  { url, path }: { readonly url: string | null; readonly path: string },
): string => url ?? `${serverUrl}${path}`;

/** Prints a link, this once. For a script it is the only thing on a line of standard output. */
export function printLink(
  output: Output,
  link: string,
  { isMailed, ...about }: { readonly isMailed: boolean; readonly user: object; readonly expiresAt: string },
): undefined {
  output.json({ link, isMailed, ...about });
  output.line(link);
  if (isMailed) output.note('The server has sent it to the user, too. It counts once.');
  else output.note('It counts once, for who uses it first: give it to the user, and to nobody else.');
}
