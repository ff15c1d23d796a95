import { rmSync } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { codeOf } from '../../util/errors.js';
import type { Api } from '../api.js';
import { CliError, EXIT } from '../exit.js';
import { findProject } from '../find-project.js';
import { graphql } from '../gql/gql.js';
import type { ExportFormat } from '../gql/graphql.js';
import type { Session } from '../session.js';
import { escapeControls } from '../text.js';
import { requireUtf8 } from '../utf8.js';

const ExportSession = graphql(`
  query ExportSession($id: ID!, $format: ExportFormat!, $after: String) {
    session(id: $id) { export(format: $format, after: $after) { text hasNextPage endCursor } }
  }
`);

const FindSession = graphql(`
  query FindSession($projectId: ID!, $key: String!) {
    project(by: { id: $projectId }) { sessions(first: 1, filter: { key: $key }) { nodes { id } } }
  }
`);

const INTERRUPTS = ['SIGINT', 'SIGTERM'] as const;

interface ExportOptions {
  readonly project?: string;
  readonly format?: ExportFormat;
  readonly output?: string;
}

/** Prints a conversation, or writes it to a file: part by part, however long it is. */
export async function exportSession(
  { api, output }: Session,
  named: string,
  { project, format: wanted, output: file }: ExportOptions,
): Promise<undefined> {
  const id = named.startsWith('ses_') ? named : await findByKey(api, named, project);
  const format = wanted ?? (output.isJson ? 'JSON' : 'MARKDOWN');
  const parts = everyPart(api, id, format);
  if (file !== undefined) {
    const path = requireUtf8('The path', resolve(file));
    await writeParts(path, parts);
    output.json({ id, format, path });
    output.note(`Written to ${path}`);
    return;
  }
  if (format === 'JSON') {
    // With --json, an object is one line.
    for await (const part of parts) {
      await output.document(escapeControls(output.isJson ? part.replaceAll('\n', '') : part));
    }
    if (output.isJson) await output.document('\n');
    return;
  }
  if (output.isJson) {
    throw new CliError(
      EXIT.usage,
      '--json prints JSON, and --format asks for Markdown.',
      'Leave one of them out, or write to a file with --output.',
    );
  }
  for await (const part of parts) await output.document(part);
}

async function findByKey(api: Api, key: string, project: string | undefined): Promise<string> {
  const { id: projectId } = await findProject(api, project);
  const found = await api.run(FindSession, { projectId, key });
  const [session] = found.project?.sessions.nodes ?? [];
  if (!session) throw notFound(`with the key ${key} in this project`);
  return session.id;
}

/** @throws CliError when there is no such session */
async function* everyPart(api: Api, id: string, format: ExportFormat): AsyncGenerator<string> {
  for (let after: string | null = null; ; ) {
    const { text, hasNextPage, endCursor } = await getPart(api, id, format, after);
    yield text;
    after = endCursor;
    if (!hasNextPage || after === null) return;
  }
}

async function getPart(api: Api, id: string, format: ExportFormat, after: string | null) {
  const { session } = await api.run(ExportSession, { id, format, after });
  if (!session) throw notFound(id);
  return session.export;
}

/**
 * Writes a file that is only replaced when all is written, and on disk. Ctrl-C, like a request to terminate, ends the program
 * and leaves nothing behind.
 */
async function writeParts(path: string, parts: AsyncGenerator<string>): Promise<void> {
  const partial = `${path}.${process.pid}.partial`;
  const onInterrupt = () => {
    rmSync(partial, { force: true });
    process.exit(EXIT.interrupted);
  };
  for (const signal of INTERRUPTS) process.on(signal, onInterrupt);
  try {
    const handle = await openFile(partial, path);
    try {
      // Unlike `write`, it writes all of it or fails.
      for await (const part of parts) await handle.writeFile(part);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw error instanceof CliError ? error : notWritten(path, error);
  } finally {
    for (const signal of INTERRUPTS) process.off(signal, onInterrupt);
  }
}

function openFile(partial: string, path: string): Promise<FileHandle> {
  return open(partial, 'w', 0o600).catch((error: unknown) => {
    throw notWritten(path, error);
  });
}

function notWritten(path: string, error: unknown): CliError {
  return new CliError(
    EXIT.failed,
    `${path} can't be written (${codeOf(error) || 'unknown error'}).`,
    'Name a file in a folder that exists, that you may write to, and that has room for it.',
  );
}

function notFound(session: string): CliError {
  return new CliError(
    EXIT.notFound,
    `There is no session ${session}.`,
    'See which there are with `mooring sessions list`.',
    'NOT_FOUND',
  );
}
