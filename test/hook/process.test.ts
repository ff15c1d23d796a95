import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { settled } from '../support/server.js';
import { memoriesOf, startAgent, startServerFor } from './support.js';

describe('mooring hook', () => {
  it('exits with 0 and prints nothing, whatever it is given', async () => {
    const agent = await startAgent();
    const app = await startServerFor(agent);
    const inputs = [
      '',
      'not JSON',
      '[]',
      'null',
      '"text"',
      '{}',
      '{"hook_event_name":"UserPromptSubmit"}',
      JSON.stringify(agent.event('UserPromptSubmit', { prompt: 7 })),
      JSON.stringify(agent.event('Stop', { last_assistant_message: null, prompt_id: ['p'] })),
      JSON.stringify({ ...agent.event('Stop'), session_id: { a: 1 } }),
      JSON.stringify(agent.event('SomethingNew', { prompt: 'of a later version' })),
      JSON.stringify({ ...agent.event('Stop', { last_assistant_message: 'x' }), cwd: '\0' }),
      Buffer.from([0xff, 0xfe, 0x00, 0x7b]),
      `${'['.repeat(200_000)}`,
      'x'.repeat(10 * 1024 * 1024),
    ];
    for (const input of inputs) {
      expect(await agent.spawnHook(input), String(input).slice(0, 100)).toEqual({ code: 0, stdout: '', stderr: '' });
    }
    for (const args of [['--nonsense'], ['--url'], ['--url', 'nowhere'], ['--url', 'http://127.0.0.1:9/']]) {
      expect(await agent.spawnHook('{}', args)).toEqual({ code: 0, stdout: '', stderr: '' });
    }
    expect(await memoriesOf(app, agent)).toEqual([]);
  });

  it('prints what is remembered for a prompt as one JSON object, and nothing after an answer', async () => {
    const agent = await startAgent();
    const app = await startServerFor(agent);
    const projectId = await app.createProject({ path: agent.cwd });
    const content = 'We decided that the hull is painted red, because red keeps barnacles away.';
    await app.mutate('saveMemory', { projectId, content, role: 'ASSISTANT', kind: 'DECISION' }, 'memory { id }');

    await settled(app, projectId);
    const prompt = agent.event('UserPromptSubmit', {
      prompt: 'Which colour does the hull get painted?',
      prompt_id: 'p',
    });
    const asked = await agent.spawnHook(JSON.stringify(prompt), ['--capture'], { MOORING_HOOK_DEBUG: '1' });
    expect(asked.code).toBe(0);
    const { hookSpecificOutput, ...rest } = JSON.parse(asked.stdout) as { hookSpecificOutput: Record<string, string> };
    expect(rest).toEqual({ suppressOutput: true });
    expect(hookSpecificOutput.hookEventName).toBe('UserPromptSubmit');
    expect(hookSpecificOutput.additionalContext).toContain(content);
    const stop = agent.event('Stop', { prompt_id: 'p', last_assistant_message: 'Red.' });
    expect(await agent.spawnHook(JSON.stringify(stop))).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(await memoriesOf(app, agent)).toHaveLength(3);
  });

  it('says on standard error what became of an event, when it is asked to', async () => {
    const agent = await startAgent();
    const stop = JSON.stringify(agent.event('Stop', { prompt_id: 'p', last_assistant_message: 'Red.' }));
    const saying = async (args: readonly string[]) =>
      (await agent.spawnHook(stop, args, { MOORING_HOOK_DEBUG: '1' })).stderr;

    const app = await startServerFor(agent);
    expect(await saying([])).toContain(`no project has the folder ${agent.cwd}: nothing is kept`);
    const id = await app.createProject({ path: agent.cwd });
    expect(await saying([])).toContain(`${id} doesn't capture this: nothing is kept`);
    expect(await saying(['--captur'])).toContain('there is no option --captur');
    expect(await saying(['--capture'])).toContain(`the event is kept in ${id}, at ${app.url}`);
    await app.close();
    expect(await saying(['--capture'])).toContain(`the event waits for a server, in ${agent.home}`);
  });

  it('waits for no host to close the pipe', async () => {
    const agent = await startAgent();
    const app = await startServerFor(agent);
    const stop = agent.event('Stop', { prompt_id: 'p', last_assistant_message: 'Painted.' });
    const child = spawn(process.execPath, ['bin/mooring.js', 'hook', '--capture'], {
      env: { PATH: process.env.PATH, MOORING_HOME: agent.home, MOORING_HOOK_TIMEOUT_MS: '120000' },
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const text = JSON.stringify(stop);
    child.stdin.write(text.slice(0, 40));
    child.stdin.write(`${text.slice(40)}\n`);
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
    expect(await memoriesOf(app, agent)).toHaveLength(1);
  });

  it('says what it is for', async () => {
    const agent = await startAgent();
    const child = spawn(process.execPath, ['bin/mooring.js', 'hook', '--capture'], {
      env: { PATH: process.env.PATH, MOORING_HOME: agent.home },
      stdio: ['pipe', 'inherit', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const [head, tail] = [
      ...JSON.stringify(agent.event('UserPromptSubmit', { prompt: '{"a":{}} waits' })).split(/(?<=\}\})/),
    ];
    child.stdin.write(head!);
    child.stdin.write(tail!);
    // Nobody closes the pipe.
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(await agent.spooled()).toHaveLength(1);
    expect((await agent.spawnHook('', ['--help'])).stdout).toContain('Usage: mooring hook');
  });
});
