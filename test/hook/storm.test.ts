import { expect, it } from 'vitest';
import { createApi } from '../support/api.js';
import { amount } from '../support/extent.js';
import { startMooring } from '../support/machine/processes.js';
import { makeFolder } from '../support/temporary.js';
import { type Agent, memoriesOf, startAgent } from './support.js';

const SESSIONS = 8;
const TURNS = 12;

/** The events of a session, as a host reports them one after the other, with the text that each leaves. */
function conversation(
  agent: Agent,
  session: string,
): readonly { readonly event: object; readonly text: string | null }[] {
  const of = (name: string, fields: object) => agent.event(name, { session_id: session, ...fields });
  const turns = Array.from({ length: TURNS }, (_, turn) => {
    const prompt_id = `${session}-p${turn}`;
    const said = `${session}: request ${turn}`;
    const done = `${session}: done ${turn}`;
    return [
      { event: of('UserPromptSubmit', { prompt_id, prompt: said }), text: said },
      { event: of('Stop', { prompt_id, stop_hook_active: false, last_assistant_message: done }), text: done },
    ];
  });
  return [{ event: of('SessionStart', { source: 'startup', model: 'opus' }), text: null }, ...turns.flat()];
}

it('keeps each of 200 events once and in order, 8 at once, while the server is killed and comes back', async () => {
  const agent = await startAgent();
  const data = await makeFolder();
  const start = () => startMooring(data, { MOORING_HOME: agent.home });
  let server = await start();
  const sessions = Array.from({ length: SESSIONS }, (_, index) => `session-${index}`);
  const processes = amount({ quick: 2, all: 25 });
  let heard = 0;
  let restarted: Promise<void> | undefined;

  const restart = async () => {
    server.process.kill('SIGKILL');
    // Nothing runs until half of the events have come.
    await expect.poll(() => heard, { timeout: 240_000 }).toBeGreaterThan((SESSIONS * TURNS * 2) / 2);
    server = await start();
  };

  await Promise.all(
    sessions.map(async (session) => {
      for (const [index, { event }] of conversation(agent, session).entries()) {
        // Some as processes of their own, through the time when no server runs.
        if (index % Math.ceil(25 / processes) === 1) {
          expect(await agent.spawnHook(JSON.stringify(event))).toMatchObject({ code: 0 });
        } else await agent.hear(event);
        heard += 1;
        if (heard === 50) restarted = restart();
      }
    }),
  );
  await restarted;
  // The next that comes empties the spool; until the server listens, it waits as well.
  for (let more = 0; (await agent.spooled()).length > 0; more++) {
    await agent.hear(agent.event('SessionEnd', { session_id: 'session-0', reason: `${more}` }));
  }

  const memories = await memoriesOf(createApi(server.url), agent);
  for (const session of sessions) {
    const texts = conversation(agent, session).flatMap(({ text }) => (text === null ? [] : [text]));
    const own = memories.filter(({ sessionId }) => sessionId === session);
    expect(own.map(({ content }) => content)).toEqual(texts);
    expect(own.map(({ id }) => id)).toEqual(own.map(({ id }) => id).sort());
  }
  expect(memories).toHaveLength(SESSIONS * TURNS * 2);
  await server.stop();
});
