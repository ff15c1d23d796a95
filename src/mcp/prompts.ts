import type { McpServer, ServerContext } from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { Call } from './calls/call.js';
import { type Connection, runCall } from './calls/create-call.js';
import { callOptions, errorText } from './calls/protocol.js';
import { paragraphs } from './text/answer.js';
import { contextOf } from './tools/get-context.js';

const ABOUT = z.object({ about: z.string().describe('what to go on with').optional() });
const SESSION = z.object({ session: z.string().describe('key of the conversation').optional() });
const GOAL = z.object({ goal: z.string().describe('what is to be achieved') });

/** Registers the prompts: what people start with a slash. A model pays for none until it is used. */
export function registerPrompts(server: McpServer, connection: Connection): void {
  const message = async (context: ServerContext, write: (call: Call) => Promise<string>) => {
    const text = await runCall(connection, callOptions(server, context), write, null).catch((error: unknown) => {
      throw new Error(errorText(error, connection.onFault));
    });
    return { messages: [{ role: 'user' as const, content: { type: 'text' as const, text } }] };
  };
  server.registerPrompt(
    'resume',
    { title: 'Resume work', description: 'What was decided, what is ready, and how to go on.', argsSchema: ABOUT },
    ({ about }, context) =>
      message(context, async (call) =>
        paragraphs(
          about ? `Let us go on with: ${about}` : 'Let us go on where we were.',
          'This is what Mooring knows of the project:',
          await contextOf(await call.project(), { ...(about && { about }), maxTokens: 3_000 }, call),
          'Say in a few lines where we are and what you suggest to do next. Claim a task before you work on it.',
        ),
      ),
  );
  server.registerPrompt(
    'wrap_up',
    { title: 'Wrap up', description: 'Save what the next session must know.', argsSchema: SESSION },
    ({ session }, context) =>
      message(context, async (call) =>
        paragraphs(
          `Before we end, save in Mooring what a later session must know of project ${(await call.project()).name}:`,
          [
            '1. save_memory for each decision, with its reason, as kind decision; supersedes for those that changed.',
            '2. save_memory for each fact that was found out, as kind fact.',
            `3. save_memory with kind summary: what was done, what is open, what comes next${session ? `, with session ${session}` : ''}.`,
            '4. save_task for each task that was worked on: done with a result, or its status and a note; and for what is left, new ones.',
          ].join('\n'),
          'Search first, so that nothing is saved twice. Then list what you saved, with ids.',
        ),
      ),
  );
  server.registerPrompt(
    'plan',
    { title: 'Plan a goal', description: 'Turn a goal into tasks with dependencies.', argsSchema: GOAL },
    ({ goal }, context) =>
      message(context, async (call) =>
        paragraphs(
          `Turn this goal into tasks in Mooring: ${goal}`,
          'This is what Mooring knows of it:',
          await contextOf(await call.project(), { about: goal }, call),
          'Propose tasks that one agent can finish in a session each: title, what done means, type, priority, and which come first. When I agree, create them with save_task, those without dependencies first, and pass depends_on with the ids that you get.',
        ),
      ),
  );
}
