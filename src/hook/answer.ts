import type { HookEvent } from './event/event.js';

/**
 * What the host reads: for the two events whose context it adds to the conversation. After any other event, such a text
 * would make the agent go on.
 */
export function answerOf({ name }: HookEvent, context: string | null): object | null {
  if (context === null || (name !== 'SessionStart' && name !== 'UserPromptSubmit')) return null;
  return { suppressOutput: true, hookSpecificOutput: { hookEventName: name, additionalContext: context } };
}

/** Prompts that nobody gave: the host itself goes on. */
const OWN_SOURCES: ReadonlySet<string> = new Set(['system', 'loop_wakeup', 'schedule_wakeup']);

/** Whether an event is one that Mooring does nothing about. */
export function isIgnored(event: HookEvent): boolean {
  return event.name === 'UserPromptSubmit' && (OWN_SOURCES.has(event.source) || event.prompt.trim() === '');
}
