import { describe, expect, it } from 'vitest';
import { makeUser, PROGRAM } from '../support/machine/agents.js';
import { idIn } from '../support/mcp/client.js';
import {
  connectOlder,
  inspector,
  type OtherClient,
  olderClient,
  olderSdk,
  otherClientsUnavailable,
  type Way,
} from '../support/mcp/other-clients.js';
import { startApp } from '../support/server.js';
import { makeFolder } from '../support/temporary.js';

const CLIENTS = [
  ["the SDK's first line", olderClient],
  ["the inspector's command line", inspector],
] as const;

/** `mooring mcp`, of a user without a server, in a repository that no project has. */
async function overStdio(): Promise<Way> {
  const { repository, env } = await makeUser();
  return { args: [PROGRAM, 'mcp'], cwd: repository, env };
}

/** A server that runs, for a folder that no project has. */
async function overHttp(): Promise<Way> {
  const { url } = await startApp(await makeFolder());
  return { url: `${url}/mcp`, headers: { 'mooring-project': '/work/harbour', 'mooring-actor': 'agent-one' } };
}

const WAYS = [
  ['stdio', overStdio],
  ['HTTP', overHttp],
] as const;

const READING = ['get_context', 'search', 'get_records', 'list_tasks', 'get_history'];
const WRITING = ['save_memory', 'claim_task', 'save_task', 'undo', 'project'];

/** The tools of a client. */
function toolsOf(ask: OtherClient) {
  type Given = Readonly<Record<string, string>>;
  const call = async (name: string, given: Given = {}): Promise<{ text: string; isError: boolean }> => {
    const { content, isError = false } = await ask('tools/call', { name, given });
    const text = content.map((part) => part.text).join('\n');
    // A machine with much other work may not start a server within the time of a call.
    return text.startsWith('TIMEOUT: ') ? call(name, given) : { text, isError };
  };
  return {
    error: async (name: string, given?: Given) => {
      const { text, isError } = await call(name, given);
      expect(isError, text).toBe(true);
      return text;
    },
    text: async (name: string, given?: Given) => {
      const { text, isError } = await call(name, given);
      expect(isError, text).toBe(false);
      return text;
    },
  };
}

describe.skipIf(otherClientsUnavailable)('an agent', () => {
  describe.each(CLIENTS)('with %s', (_, createClient) => {
    describe.each(WAYS)('over %s', (_, prepare) => {
      it('is offered ten tools, with what a host decides by', async () => {
        const ask = await createClient(await prepare());
        const { tools } = await ask('tools/list');
        expect(tools.map(({ name }) => name).sort()).toEqual([...READING, ...WRITING].sort());
        for (const { name, title, description, inputSchema, annotations } of tools) {
          expect(title).toMatch(/^[A-Z]/);
          expect(description).toMatch(/^Use /);
          expect(inputSchema.type).toBe('object');
          expect(annotations).toMatchObject({ readOnlyHint: READING.includes(name), openWorldHint: false });
          expect(annotations?.destructiveHint ?? false).toBe(name === 'undo');
        }
      });

      it('creates a project, claims, remembers, searches, undoes and completes', async () => {
        const { text, error } = toolsOf(await createClient(await prepare()));
        expect(await error('list_tasks')).toMatch(/^NO_PROJECT: .*\nHint: /s);
        expect(await text('project', { create: 'Harbour' })).toContain('Created Harbour');
        const task = idIn(await text('save_task', { title: 'Build the login', priority: 'high' }), 'tsk');
        expect(await text('claim_task')).toContain(task);
        expect(await error('save_task', { id: task, priority: 'soon' })).toMatch(/^INVALID_INPUT: .*\nHint: /s);

        const memory = idIn(await text('save_memory', { content: 'We use passkeys.', kind: 'decision', task }));
        expect(await text('search', { query: 'passkeys', limit: '5' })).toContain(memory);
        expect(await text('get_records', { ids: `${memory},${task}` })).toContain('We use passkeys.');
        expect(await text('undo', { id: memory })).toContain('is deleted now');
        expect(await text('search', { query: 'passkeys', kind: 'memories' })).not.toContain(memory);

        expect(await text('save_task', { id: task, status: 'done', result: 'It works.' })).toContain('done');
        expect(await text('list_tasks', { view: 'done' })).toContain(task);
      });

      it('mentions resources, and starts prompts', async () => {
        const ask = await createClient(await prepare());
        const { text } = toolsOf(ask);
        await text('project', { create: 'Harbour' });
        const task = idIn(await text('save_task', { title: 'Build the login' }), 'tsk');
        const read = async (uri: string) => (await ask('resources/read', { uri })).contents[0]?.text;

        const { resources } = await ask('resources/list');
        for (const { uri } of resources) expect(await read(uri)).toMatch(uri.endsWith('ready') ? task : 'Harbour');
        const { resourceTemplates } = await ask('resources/templates/list');
        expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toContain('mooring://task/{id}');
        expect(await read(`mooring://task/${task}`)).toContain('Build the login');
        await expect(read('mooring://memory/mem_00000000000000000000000000')).rejects.toThrow();

        const { prompts } = await ask('prompts/list');
        expect(prompts.map(({ name }) => name)).toEqual(['resume', 'wrap_up', 'plan']);
        for (const [name, given] of [
          ['resume', { about: 'the login' }],
          ['wrap_up', {}],
          ['plan', { goal: 'People sign in' }],
        ] as const) {
          const { messages } = await ask('prompts/get', { name, given });
          expect(messages[0]?.content.text).toMatch(/Harbour|Build the login/);
        }
      });
    });
  });

  describe("with the SDK's first line", () => {
    it('is told who the server is and how to work with it', async () => {
      const client = await connectOlder(await overStdio());
      expect(client.getServerVersion()).toMatchObject({ name: 'mooring' });
      expect(client.getInstructions()).toContain('get_context');
    });

    it('is told of changes that it subscribed to, and completes an id by words', async () => {
      const { ResourceUpdatedNotificationSchema } = await olderSdk<Record<string, object>>('types');
      const client = await connectOlder(await overStdio());
      const call = (name: string, given: object) => client.callTool({ name, arguments: given });
      await call('project', { create: 'Harbour' });
      const heard = new Set<string>();
      client.setNotificationHandler(ResourceUpdatedNotificationSchema!, ({ params }) => void heard.add(params.uri));
      const uri = 'mooring://tasks/ready';
      await client.subscribeResource({ uri });
      // Followed from a moment on that the protocol doesn't tell.
      const write = async () => {
        await call('save_task', { title: 'Build the login' });
        return [...heard];
      };
      await expect.poll(write, { timeout: 60_000, interval: 1_000 }).toEqual([uri]);

      const ref = { type: 'ref/resource', uri: 'mooring://task/{id}' };
      const { completion } = await client.complete({ ref, argument: { name: 'id', value: 'login' } });
      expect(completion.values[0]).toMatch(/^tsk_/);
    });
  });
});
