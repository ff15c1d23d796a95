import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { codeOf } from '../../util/errors.js';
import { CliError, EXIT } from '../exit.js';

/** Where Claude Code keeps its conversations. @param configured its own setting */
export const transcriptFolder = (configured: string | null): string =>
  join(configured ?? join(homedir(), '.claude'), 'projects');

/**
 * The transcripts in a folder, a file each in the folders of projects; those that were written first come first, since a
 * conversation that was forked has the beginning of another. @throws CliError when the folder can't be read
 */
export async function listTranscripts(folder: string): Promise<readonly string[]> {
  const projects = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw new CliError(
      EXIT.notFound,
      `There are no transcripts in ${folder}${codeOf(error) && ` (${codeOf(error)})`}.`,
      'Name the folder that has them with --projects-dir.',
      'NOT_FOUND',
    );
  });
  const files: { readonly path: string; readonly at: number }[] = [];
  for (const project of projects) {
    if (!project.isDirectory()) continue;
    const names = await readdir(join(folder, project.name)).catch(() => []);
    for (const name of names.filter((each) => each.endsWith('.jsonl'))) {
      const path = join(folder, project.name, name);
      const found = await stat(path).catch(() => null);
      if (found?.isFile()) files.push({ path, at: found.birthtimeMs || found.mtimeMs });
    }
  }
  return files.sort((one, other) => one.at - other.at || (one.path < other.path ? -1 : 1)).map(({ path }) => path);
}

/** In bytes. Longer lines are no messages, and would take as much memory. */
const MAX_LINE = 32 * 1024 * 1024;
const NEWLINE = 10;

/** The lines of a file, which is read as they are taken; null for one that is too long. @throws Error when it can't be read */
export async function* linesOf(path: string): AsyncGenerator<string | null> {
  let parts: Buffer[] = [];
  let bytes = 0;
  const add = (part: Buffer) => {
    bytes += part.length;
    if (bytes <= MAX_LINE) parts.push(part);
    else parts = [];
  };
  const take = () => {
    const line = bytes <= MAX_LINE ? Buffer.concat(parts).toString('utf8') : null;
    parts = [];
    bytes = 0;
    return line;
  };
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      add(chunk.subarray(from, end));
      yield take();
      from = end + 1;
    }
    add(chunk.subarray(from));
  }
  if (bytes > 0) yield take();
}
