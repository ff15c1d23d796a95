import type { Entry } from './entries.js';

/** How the hosts are told to run `mooring hook`. */

/** An event, and whether a host that can goes on without waiting for the hook. */
interface HookEvent {
  readonly name: string;
  readonly isAsync: boolean;
  /** Only with the output of tools: it runs for each of their calls. */
  readonly isForTools?: boolean;
}

const START: HookEvent = { name: 'SessionStart', isAsync: false };
const PROMPT: HookEvent = { name: 'UserPromptSubmit', isAsync: false };
const STOP: HookEvent = { name: 'Stop', isAsync: true };
const SUBAGENT: HookEvent = { name: 'SubagentStop', isAsync: true };
const COMPACTED: HookEvent = { name: 'PostCompact', isAsync: true };
const END: HookEvent = { name: 'SessionEnd', isAsync: false };
const TOOL: HookEvent = { name: 'PostToolUse', isAsync: true, isForTools: true };

/** The events that each host has. */
const EVENTS = {
  'claude-code': [START, PROMPT, STOP, COMPACTED, SUBAGENT, END, TOOL],
  vscode: [START, PROMPT, STOP, SUBAGENT, TOOL],
  codex: [START, PROMPT, STOP, COMPACTED, SUBAGENT, TOOL],
} as const satisfies Record<string, readonly HookEvent[]>;

/** In seconds. The hook itself gives up much earlier. */
const TIMEOUT = 10;

/** @param isAll whether the output of tools is captured, too */
export function hookEntries(host: keyof typeof EVENTS, program: string, isAll: boolean): readonly Entry[] {
  return EVENTS[host]
    .filter((event: HookEvent) => isAll || !event.isForTools)
    .map((event) => ({ at: ['hooks', event.name], isElement: true, value: element(host, program, event) }));
}

function element(host: keyof typeof EVENTS, program: string, { isAsync }: HookEvent): Entry['value'] {
  // One text rather than a list of arguments: Cursor and VS Code read the hooks of Claude Code, and know no arguments; nor do
  // some of its own versions. They run `node` alone, which takes the event for its program.
  const name = host === 'claude-code' ? '' : ` --agent ${host}`;
  const hook = { type: 'command', command: `node ${quoted(program)} hook --capture${name}`, timeout: TIMEOUT };
  if (host === 'vscode') return hook;
  // Codex skips hooks that are marked as asynchronous.
  return { hooks: [host === 'claude-code' && isAsync ? { ...hook, async: true } : hook] };
}

/** For a shell: paths of Windows mean nothing special between double quotes, others are taken as they are between single ones. */
function quoted(path: string): string {
  if (/^[\w./-]+$/.test(path)) return path;
  return process.platform === 'win32' ? `"${path}"` : `'${path.replaceAll("'", `'\\''`)}'`;
}
