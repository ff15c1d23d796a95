import { chmod, chown, lstat, mkdir, readFile, realpath, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { codeOf } from '../../util/errors.js';
import { decodeUtf8 } from '../../util/text/utf8.js';
import { CliError, EXIT } from '../exit.js';

/** A file of text as it was read; one that doesn't exist yet is empty. */
export interface TextFile {
  /** As it is named; links are followed. */
  readonly path: string;
  /** Where its bytes are. */
  readonly realPath: string;
  /** Null when there is no file. */
  readonly bytes: Buffer | null;
  /** Without the mark that some programs begin a text with. */
  readonly text: string;
}

const MARK = '\uFEFF';

/** @throws CliError when it can't be read as a text */
export async function readTextFile(path: string): Promise<TextFile> {
  const realPath = await pathOfBytes(path);
  const bytes = await bytesOf(realPath);
  const text = bytes === null ? '' : decodeUtf8(bytes);
  if (text === null) {
    throw refusal(`${path} is not in UTF-8: a change could damage it.`, 'Save it as UTF-8, and repeat the command.');
  }
  return { path, realPath, bytes, text };
}

/**
 * Replaces the file's text, at once and for good, or not at all. A new file's folders are made.
 * @param mode of a new file. One that is there keeps its own.
 * @returns the folders that were made, the outermost first
 * @throws CliError when the file isn't what it was when it was read
 */
export async function writeTextFile(file: TextFile, text: string, mode: number): Promise<readonly string[]> {
  const folders = await makeFolders(dirname(file.realPath));
  const draft = join(dirname(file.realPath), `.${basename(file.realPath)}.${process.pid}.draft`);
  try {
    const mark = file.bytes?.toString('utf8').startsWith(MARK) ? MARK : '';
    const kept = file.bytes && (await stat(file.realPath));
    await writeFile(draft, mark + text, { mode: kept ? kept.mode & 0o777 : mode, flush: true, flag: 'wx' });
    if (kept) await keepAccess(draft, kept);
    await requireUnchanged(file);
    await rename(draft, file.realPath);
    return folders;
  } catch (error) {
    await rm(draft, { force: true });
    await removeFolders(folders);
    throw inWords(error, file.path);
  }
}

/** Removes the file, and those of the folders that are empty then. @throws CliError when the file isn't what it was when it was read */
export async function removeTextFile(file: TextFile, folders: readonly string[]): Promise<void> {
  await requireUnchanged(file);
  await rm(file.realPath).catch((error: unknown) => {
    throw inWords(error, file.path);
  });
  await removeFolders(folders);
}

/** The innermost first, until one isn't empty. */
async function removeFolders(folders: readonly string[]): Promise<void> {
  for (const folder of folders.toReversed()) {
    const isRemoved = await rmdir(folder).then(
      () => true,
      () => false,
    );
    if (!isRemoved) return;
  }
}

async function makeFolders(folder: string): Promise<readonly string[]> {
  const first = await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw inWords(error, folder);
  });
  const made: string[] = [];
  for (let at = folder; first !== undefined && at.length >= first.length; at = dirname(at)) made.unshift(at);
  return made;
}

async function requireUnchanged({ path, realPath, bytes }: TextFile): Promise<void> {
  const now = await bytesOf(realPath);
  if (bytes === null ? now === null : now?.equals(bytes)) return;
  throw refusal(
    `${path} was changed by another program in the meantime. Nothing was written to it.`,
    'Repeat the command: it shows what it would change now.',
  );
}

/** Mode and owner, which a new file hasn't from the one that it replaces. */
async function keepAccess(
  draft: string,
  { mode, uid, gid }: { mode: number; uid: number; gid: number },
): Promise<void> {
  const { uid: ownUid, gid: ownGid } = await stat(draft);
  if (uid !== ownUid || gid !== ownGid) await chown(draft, uid, gid);
  await chmod(draft, mode & 0o7777);
}

async function pathOfBytes(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw inWords(error, path);
  }
  const isLink = await lstat(path).then(
    () => true,
    () => false,
  );
  if (isLink) throw refusal(`${path} is a link to a file that doesn’t exist.`, 'Make the file, or remove the link.');
  return path;
}

async function bytesOf(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw inWords(error, path);
  }
}

function inWords(error: unknown, path: string): unknown {
  const reason = REASONS[codeOf(error)];
  if (reason === undefined) return error;
  return refusal(
    `${path} can’t be changed: ${reason}.`,
    'Nothing was written to it. Mend that, and repeat the command.',
  );
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'you have no permission',
  EPERM: 'you have no permission',
  EROFS: 'it is on a disk that can only be read',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is no folder',
  ENOSPC: 'the disk is full',
  ELOOP: 'its links lead in a circle',
};

const refusal = (message: string, hint: string): CliError => new CliError(EXIT.refused, message, hint);
