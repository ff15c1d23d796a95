import { resolve } from 'node:path';
import type { KeptMemory } from '../../hook/event/kept.js';
import { codeOf } from '../../util/errors.js';
import { projectNameOf } from '../../util/project-folders.js';
import { count, plural } from '../amounts.js';
import type { Api } from '../api.js';
import { EXIT, type ExitCode } from '../exit.js';
import { readVariable } from '../server.js';
import type { Session } from '../session.js';
import { printTable } from '../table.js';
import { linesOf, listTranscripts, transcriptFolder } from './files.js';
import { countMemories, createSaver } from './save.js';
import { createTargets, type Destination, type Target, type Targets } from './targets.js';
import { type Conversation, createTranscriptReader } from './transcript.js';

interface ImportOptions {
  readonly projectsDir?: string;
  readonly project?: string;
  readonly create?: true;
  readonly write?: true;
}

/** What there is of a folder's conversations. */
interface Found {
  destination: Destination;
  readonly files: string[];
  conversations: number;
  messages: number;
  outputs: number;
  damaged: number;
}

/** Reads past conversations of Claude Code: prints what there is, and with `--write` saves it. */
export async function importClaudeCode(
  { api, output }: Session,
  { projectsDir, project, create, write }: ImportOptions,
): Promise<ExitCode | undefined> {
  const folder = resolve(projectsDir ?? transcriptFolder(await readVariable('CLAUDE_CONFIG_DIR')));
  const targets = await createTargets(api, project ?? null);
  const found = await survey(await listTranscripts(folder), targets, (path, reason) =>
    output.note(`${path} can’t be read (${reason}), and is skipped.`),
  );
  const shown = [...found].filter(([, { destination }]) => project === undefined || destination !== null);
  for (const [cwd, { files: _, destination, ...counts }] of shown) {
    output.json({ type: 'found', folder: cwd, ...describe(destination), ...counts });
  }
  if (shown.length === 0) output.line(`There are no conversations to import in ${folder}.`);
  else printTable(output, COLUMNS, shown.map(rowOf));
  if (shown.length === 0) return;

  if (write) return saveAll({ api, output }, shown, targets, create === true);
  const some = shown.some(([, { destination }]) => destination && 'create' in destination);
  output.line();
  output.line('Nothing is saved yet. Save it with --write; what is there already isn’t saved again.');
  if (some) output.line('With --create, projects are created for the folders that have none.');
  return;
}

const COLUMNS = ['conversations>', 'messages>', 'tool outputs>', 'damaged lines>', 'project', 'folder'];

function rowOf([cwd, { destination, conversations, messages, outputs, damaged }]: readonly [string, Found]): string[] {
  const { project, creates } = describe(destination);
  const name = project ?? (creates === null ? '–' : `– (--create: ${projectNameOf(creates)})`);
  return [...[conversations, messages, outputs, damaged].map(count), name, cwd];
}

function describe(destination: Destination) {
  const isKnown = destination !== null && 'project' in destination;
  return {
    project: isKnown
      ? `${destination.project.name}${destination.project.capture === 'OFF' ? ' (captures nothing)' : ''}`
      : null,
    projectId: isKnown ? destination.project.id : null,
    creates: destination !== null && 'create' in destination ? destination.create : null,
  };
}

/** Reads all transcripts, and counts by folder what would be kept of them. */
async function survey(
  paths: readonly string[],
  targets: Targets,
  skip: (path: string, reason: string) => void,
): Promise<ReadonlyMap<string, Found>> {
  const found = new Map<string, Found>();
  const seen = new Set<string>();
  for (const path of paths) {
    const counts = { messages: 0, outputs: 0 };
    const conversation = await readTranscript(path, seen, async (_, { role }) => {
      counts[role === 'TOOL' ? 'outputs' : 'messages'] += 1;
    }).catch((error: unknown) => {
      if (codeOf(error) === '') throw error;
      skip(path, codeOf(error));
    });
    if (!conversation) continue;
    const { cwd, damaged } = conversation;
    if (cwd === null || counts.messages + counts.outputs === 0) continue;
    const destination = await targets.of(cwd);
    const of = found.get(cwd) ?? { destination, files: [], conversations: 0, messages: 0, outputs: 0, damaged: 0 };
    found.set(cwd, of);
    of.files.push(path);
    of.conversations += 1;
    of.messages += counts.messages;
    of.outputs += counts.outputs;
    of.damaged += damaged;
  }
  return found;
}

/** Reads a transcript to its end. @returns what is known of the conversation */
async function readTranscript(
  path: string,
  seen: Set<string>,
  take: (conversation: Conversation, memory: KeptMemory) => Promise<void>,
): Promise<Conversation> {
  const reader = createTranscriptReader(seen);
  for await (const line of linesOf(path)) {
    for (const memory of reader.read(line)) await take(reader.conversation(), memory);
  }
  for (const memory of reader.end()) await take(reader.conversation(), memory);
  return reader.conversation();
}

async function saveAll(
  { api, output }: Pick<Session, 'api' | 'output'>,
  found: readonly (readonly [string, Found])[],
  targets: Targets,
  creates: boolean,
): Promise<ExitCode | undefined> {
  const seen = new Set<string>();
  let isRefused = false;
  output.line();
  for (const [cwd, { files }] of found) {
    const target = await targetOf(await targets.of(cwd), targets, creates);
    if (!target || target.capture === 'OFF') {
      const why = target ? 'its project captures nothing' : 'it has no project';
      output.json({ type: 'skipped', folder: cwd, why });
      output.line(`${cwd}: skipped, as ${why}.`);
      continue;
    }
    const { added, refused, why } = await saveFolder(api, target, files, seen);
    isRefused ||= refused > 0;
    output.json({ type: 'saved', folder: cwd, projectId: target.id, added, refused, why });
    output.line(
      `${cwd}: ${plural(added, 'memory', 'memories')} added to ${target.name}${refused > 0 ? `, ${count(refused)} refused. ${why}` : '.'}`,
    );
  }
  return isRefused ? EXIT.failed : EXIT.done;
}

async function targetOf(destination: Destination, targets: Targets, creates: boolean): Promise<Target | null> {
  if (destination === null) return null;
  if ('project' in destination) return destination.project;
  return creates ? targets.create(destination.create) : null;
}

async function saveFolder(api: Api, target: Target, files: readonly string[], seen: Set<string>) {
  const before = await countMemories(api, target.id);
  const saver = createSaver(api, target);
  for (const path of files) {
    let isAny = false;
    const conversation = await readTranscript(path, seen, async (known, memory) => {
      if (memory.role === 'TOOL' && target.capture !== 'ALL') return;
      isAny = true;
      await saver.add(known, memory);
    });
    if (isAny) await saver.end(conversation);
  }
  const { count: refused, why } = saver.refused();
  return { added: (await countMemories(api, target.id)) - before, refused, why };
}
