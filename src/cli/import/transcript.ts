import { clean, outputText } from '../../hook/event/event.js';
import {
  answerMemoryId,
  cutContent,
  cutInput,
  type KeptMemory,
  promptMemoryId,
  summaryMemoryId,
  toolMemoryId,
} from '../../hook/event/kept.js';

/** What a transcript has of a conversation. */
export interface Conversation {
  /** Absolute path of the folder in which it began; null when no line says it. */
  readonly cwd: string | null;
  readonly sessionId: string | null;
  readonly title: string | null;
  readonly model: string | null;
  /** Lines that could not be read. */
  readonly damaged: number;
}

/**
 * Reads a transcript line by line, as Claude Code writes them: a line is a message, a part of one, or of no interest. It keeps
 * what a hook would have kept: prompts, the answer with which the agent stopped, summaries, and the output of tools.
 */
export interface TranscriptReader {
  /** @param line null: one that is too long to be read @returns what the line completes */
  read(line: string | null): readonly KeptMemory[];
  /** What is left at the end. */
  end(): readonly KeptMemory[];
  conversation(): Conversation;
}

type Fields = Readonly<Record<string, unknown>>;

interface Answer {
  readonly text: string;
  readonly uuid: string;
  readonly messageId: unknown;
  readonly at: string;
}

/** @param seen uuids of lines that were read: a conversation that was forked has those of the first again */
export function createTranscriptReader(seen: Set<string>): TranscriptReader {
  let cwd: string | null = null;
  let sessionId: string | null = null;
  let title: string | null = null;
  let model: string | null = null;
  let damaged = 0;
  let promptId: string | null = null;
  let answer: Answer | null = null;
  const tools = new Map<string, { readonly name: string; readonly input: string }>();

  function read(line: string | null): readonly KeptMemory[] {
    const fields = line?.trim() === '' ? {} : line && parse(line);
    if (!fields) {
      damaged += 1;
      return [];
    }
    if (fields.type === 'ai-title') title = clean(fields.aiTitle).trim().slice(0, MAX_NAME) || title;
    if (fields.type !== 'user' && fields.type !== 'assistant') return [];
    // Lines of subagents, and what the host tells the agent, nobody said.
    if (fields.isSidechain === true || fields.isMeta === true) return [];
    cwd ??= textIn(fields, 'cwd') || null;
    sessionId ??= textIn(fields, 'sessionId') || null;
    const uuid = textIn(fields, 'uuid');
    const at = momentIn(fields);
    const message = fields.message;
    if (uuid === '' || at === null || sessionId === null || typeof message !== 'object' || message === null) {
      damaged += 1;
      return [];
    }
    if (seen.has(uuid)) return [];
    seen.add(uuid);
    const { content, id, model: named } = message as Fields;
    return fields.type === 'user'
      ? readUser(fields, content, { uuid, at })
      : readAssistant(content, { uuid, at, messageId: id, named });
  }

  function readUser(fields: Fields, content: unknown, { uuid, at }: { uuid: string; at: string }): KeptMemory[] {
    const outputs = blocksOf(content).filter(({ type }) => type === 'tool_result');
    if (outputs.length > 0) return outputs.flatMap((block) => outputOf(block, at));
    const text = textOf(content);
    if (fields.isCompactSummary === true) {
      const summary = text.replace(BEFORE_SUMMARY, '');
      return [...stop(), ...memory('SYSTEM', summaryMemoryId(sessionId!, summary), summary, at, 'SUMMARY')];
    }
    if (NOT_SAID.test(text) || fields.promptSource === 'system') return [];
    const before = stop();
    promptId = textIn(fields, 'promptId') || null;
    const externalId = promptId === null ? `${sessionId}:${uuid}` : promptMemoryId(sessionId!, promptId);
    return [...before, ...memory('USER', externalId, text, at)];
  }

  function readAssistant(content: unknown, line: { uuid: string; at: string; messageId: unknown; named: unknown }) {
    const { named, ...rest } = line;
    if (named === SYNTHETIC) return [];
    model ??= clean(named).trim().slice(0, MAX_NAME) || null;
    for (const { type, id, name, input } of blocksOf(content)) {
      if (type === 'tool_use' && typeof id === 'string') {
        tools.set(id, {
          name: clean(name).slice(0, MAX_TOOL_NAME) || 'tool',
          input: cutInput(clean(outputText(input))),
        });
      }
    }
    const text = textOf(content);
    if (text.trim() === '') return [];
    // A message may be on several lines, one for each part.
    const isSame = answer !== null && rest.messageId !== undefined && answer.messageId === rest.messageId;
    answer = { ...rest, text: isSame ? `${answer!.text}\n${text}` : text };
    return [];
  }

  /** The agent stopped: what it said last was its answer. */
  function stop(): readonly KeptMemory[] {
    if (!answer) return [];
    const { text, uuid, at } = answer;
    answer = null;
    const externalId = promptId === null ? `${sessionId}:${uuid}` : answerMemoryId(sessionId!, promptId, text);
    return memory('ASSISTANT', externalId, text, at);
  }

  function outputOf({ tool_use_id: callId, content }: Fields, at: string): readonly KeptMemory[] {
    if (typeof callId !== 'string' || callId === '') return [];
    const output = clean(outputText(content));
    const { name = 'tool', input = '' } = tools.get(callId) ?? {};
    tools.delete(callId);
    return memory('TOOL', toolMemoryId(sessionId!, callId), output, at).map((each) => ({
      ...{ ...each, toolName: name, metadata: { input, characters: output.length } },
      ...(callId.length <= MAX_TOOL_CALL_ID && { toolCallId: callId }),
    }));
  }

  return { read, end: stop, conversation: () => ({ cwd, sessionId, title, model, damaged }) };
}

const MAX_NAME = 200;
const MAX_TOOL_NAME = 128;
const MAX_TOOL_CALL_ID = 64;
/** The model of messages that the host itself wrote, such as of an error. */
const SYNTHETIC = '<synthetic>';
/** What the host writes as if the user had said it: commands and their output, notices, interruptions. */
const NOT_SAID =
  /^\s*(?:<(?:command-|local-command|bash-|system-reminder|task-notification|user-memory-input)|Caveat: The messages below|\[Request interrupted)/;
const BEFORE_SUMMARY = /^This session is being continued from a previous conversation[^\n]*\n+/;

function memory(
  role: KeptMemory['role'],
  externalId: string,
  content: string,
  occurredAt: string,
  kind: KeptMemory['kind'] = 'MESSAGE',
): KeptMemory[] {
  return content.trim() === '' ? [] : [{ externalId, role, kind, content: cutContent(content), occurredAt }];
}

function parse(line: string): Fields | null {
  try {
    const fields: unknown = JSON.parse(line);
    return typeof fields === 'object' && fields !== null && !Array.isArray(fields) ? (fields as Fields) : null;
  } catch {
    return null;
  }
}

const textIn = (fields: Fields, name: string): string => {
  const value = fields[name];
  return typeof value === 'string' && value.length <= MAX_ID ? value : '';
};
/** As the API limits ids and paths. */
const MAX_ID = 4_096;

function momentIn({ timestamp }: Fields): string | null {
  const time = typeof timestamp === 'string' ? Date.parse(timestamp) : Number.NaN;
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

function blocksOf(content: unknown): readonly Fields[] {
  return Array.isArray(content) ? content.filter((block) => typeof block === 'object' && block !== null) : [];
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return clean(content);
  const texts = blocksOf(content).flatMap(({ type, text }) =>
    type === 'text' && typeof text === 'string' ? [text] : [],
  );
  return clean(texts.join('\n'));
}
