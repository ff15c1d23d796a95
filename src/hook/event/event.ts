import { withoutPrivate } from './private.js';

/** What an agent's host reports, as Mooring uses it. Its texts have nothing private. */
export type HookEvent = Common &
  (
    | { readonly name: 'SessionStart'; readonly source: string; readonly model: string | null }
    | { readonly name: 'UserPromptSubmit'; readonly prompt: string; readonly source: string }
    | { readonly name: 'Stop'; readonly message: string }
    | { readonly name: 'SubagentStop'; readonly message: string }
    | { readonly name: 'PostCompact'; readonly summary: string; readonly trigger: string }
    | {
        readonly name: 'PostToolUse';
        readonly tool: string;
        readonly callId: string | null;
        readonly input: string;
        readonly output: string;
      }
    | { readonly name: 'SessionEnd'; readonly reason: string }
  );

interface Common {
  readonly sessionId: string;
  /** Absolute path of the folder that the agent works in. */
  readonly cwd: string;
  /** The same in all events that follow from one prompt; null from hosts that don't say. */
  readonly promptId: string | null;
  /** Of a subagent; null for the agent itself. */
  readonly agentId: string | null;
  readonly agentType: string | null;
  readonly title: string | null;
  /** File that the host writes the conversation to; null from hosts that don't say. */
  readonly transcript: string | null;
  /** When it happened; null from hosts that don't say. */
  readonly timestamp: string | null;
}

type Fields = Readonly<Record<string, unknown>>;

/** Longest names and ids that are used; the API takes no longer ones. */
const MAX_KEY = 500;
const MAX_LABEL = 200;

/**
 * Reads an event. Null when the text isn't one, or is one of those that Mooring has no use for: hosts have more of them, and
 * every version adds some.
 */
export function parseEvent(text: string): HookEvent | null {
  let fields: unknown;
  try {
    fields = JSON.parse(text);
  } catch {
    return null;
  }
  return typeof fields === 'object' && fields !== null && !Array.isArray(fields) ? eventOf(fields as Fields) : null;
}

function eventOf(fields: Fields): HookEvent | null {
  const sessionId = labelIn(fields, 'session_id', MAX_KEY);
  const cwd = textIn(fields, 'cwd');
  if (sessionId === null || cwd === '') return null;
  const common: Common = {
    sessionId,
    cwd,
    promptId: labelIn(fields, 'prompt_id', MAX_LABEL),
    agentId: labelIn(fields, 'agent_id', MAX_LABEL),
    agentType: labelIn(fields, 'agent_type', MAX_LABEL),
    title: labelIn(fields, 'session_title', MAX_LABEL),
    transcript: textIn(fields, 'transcript_path') || null,
    timestamp: labelIn(fields, 'timestamp', MAX_LABEL),
  };
  const name = fieldIn(fields, 'hook_event_name');
  switch (name) {
    case 'SessionStart':
      return { ...common, name: 'SessionStart', source: textIn(fields, 'source'), model: modelIn(fields) };
    case 'UserPromptSubmit':
      return {
        ...common,
        name: 'UserPromptSubmit',
        prompt: textIn(fields, 'prompt'),
        source: textIn(fields, 'source'),
      };
    case 'Stop':
    case 'SubagentStop':
      return { ...common, name, message: textIn(fields, 'last_assistant_message') };
    case 'PostCompact':
      return {
        ...common,
        name: 'PostCompact',
        summary: textIn(fields, 'compact_summary'),
        trigger: textIn(fields, 'trigger'),
      };
    case 'PostToolUse':
      return {
        ...common,
        name: 'PostToolUse',
        tool: labelIn(fields, 'tool_name', MAX_TOOL_NAME) ?? 'tool',
        callId: labelIn(fields, 'tool_use_id', MAX_TOOL_CALL_ID),
        input: clean(outputText(fieldIn(fields, 'tool_input'))),
        output: clean(outputText(fieldIn(fields, 'tool_response'))),
      };
    case 'SessionEnd':
      return { ...common, name: 'SessionEnd', reason: textIn(fields, 'reason') };
    default:
      return null;
  }
}

/** As the API limits them. */
const MAX_TOOL_NAME = 128;
const MAX_TOOL_CALL_ID = 64;

/** Hosts name fields in `snake_case`, some of them in `camelCase`. */
function fieldIn(fields: Fields, name: string): unknown {
  return fields[name] ?? fields[name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())];
}

const textIn = (fields: Fields, name: string): string => clean(fieldIn(fields, name));

/** A short name on one line; null when there is none, or it is longer than a name. */
function labelIn(fields: Fields, name: string, max: number): string | null {
  const text = textIn(fields, name).replace(/\s+/g, ' ').trim();
  return text === '' || text.length > max ? null : text;
}

/** Hosts name the model, or describe it. */
function modelIn({ model }: Fields): string | null {
  const fields = typeof model === 'object' && model !== null ? (model as Fields) : { id: model };
  return labelIn(fields, 'id', MAX_LABEL);
}

/** Half of a character, as a cut leaves it. */
const HALF_PAIR = /\p{Surrogate}/gu;

/** The text as it may be kept: nothing private, and only characters that every store can keep. */
export function clean(value: unknown): string {
  if (typeof value !== 'string') return '';
  return withoutPrivate(value).replaceAll('\0', '').replace(HALF_PAIR, '\uFFFD');
}

/** What a tool took or answered, as text: hosts have it as a text, in blocks, or in an object of the tool's own. */
export function outputText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(blockText).filter(Boolean).join('\n');
  if (typeof value !== 'object') return String(value);
  const { stdout, stderr, content, file } = value as Fields;
  if (typeof stdout === 'string') return [stdout, typeof stderr === 'string' ? stderr : ''].filter(Boolean).join('\n');
  if (typeof content === 'string' || Array.isArray(content)) return outputText(content);
  const whole = (file as Fields | undefined)?.content;
  return typeof whole === 'string' ? whole : JSON.stringify(value);
}

function blockText(block: unknown): string {
  if (typeof block === 'string') return block;
  const { type, text } = (block ?? {}) as Fields;
  if (typeof text === 'string') return text;
  return type === undefined ? JSON.stringify(block) : '';
}
