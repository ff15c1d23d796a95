import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import WebSocket from 'ws';
import { until } from '../until.js';

/** A page in a real browser. */
export interface Page {
  /** The value of an expression in the page, awaited. @throws Error with what it threw there */
  evaluate<T>(expression: string): Promise<T>;
  /** Resolves when an expression is true in the page, or in one that it navigates to meanwhile. */
  until(expression: string): Promise<void>;
  /** Makes the page itself navigate to an address, as its script can. */
  leaveFor(url: string): Promise<void>;
  /** Types as a person does, where the cursor is. */
  type(text: string): Promise<void>;
  /** Presses a key, with Control or without. */
  press(key: 'Enter' | ' ' | 'a', options?: { readonly control?: boolean }): Promise<void>;
  /** A picture of it, as PNG. */
  screenshot(): Promise<Buffer>;
  /** What it complained about: exceptions, errors and warnings of its console, refusals of its policy. */
  readonly complaints: readonly string[];
}

export interface Browser {
  /** Opens a page, and waits until it is loaded. */
  open(url: string): Promise<Page>;
  close(): Promise<void>;
}

/** Where Chromium is installed; null when it isn't, and then tests that need it are skipped. */
export const chromium: string | null = findChromium();

if (chromium === null) {
  const why = 'no chromium, chromium-browser or google-chrome is on the PATH';
  if (process.env.CI === 'true') throw new Error(`No browser for the tests: ${why}.`);
  console.warn(`Tests with a browser are skipped: ${why}.`);
}

function findChromium(): string | null {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const paths = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return paths.find(isExecutable) ?? null;
}

/** Starts a headless browser, driven by the DevTools protocol over the `ws` package that Mooring depends on. */
export async function startChromium(path: string): Promise<Browser> {
  const profile = await mkdtemp(join(tmpdir(), 'chromium-'));
  const child = spawn(path, [
    '--headless=new',
    '--no-sandbox', // whose namespaces a container may not have
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--no-first-run',
    '--window-size=1400,900',
    '--remote-debugging-port=0',
    `--user-data-dir=${profile}`,
    'about:blank',
  ]);
  const socket = new WebSocket(await addressOf(child));
  await once(socket, 'open');
  const devTools = speak(socket);
  return {
    open: async (url) => {
      const { targetId } = await devTools.send<{ targetId: string }>('Target.createTarget', { url: 'about:blank' });
      const { sessionId } = await devTools.send<{ sessionId: string }>('Target.attachToTarget', {
        targetId,
        flatten: true,
      });
      return openPage(url, (method, params) => devTools.send(method, params, sessionId), devTools.events(sessionId));
    },
    close: async () => {
      const ended = once(child, 'exit');
      socket.close();
      child.kill('SIGKILL');
      await ended;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

type Send = <T>(method: string, params?: object) => Promise<T>;
type Listen = (heard: (method: string, params: Readonly<Record<string, unknown>>) => void) => void;

async function openPage(url: string, send: Send, listen: Listen): Promise<Page> {
  const complaints: string[] = [];
  listen((method, params) => {
    const complaint = complaintOf(method, params);
    if (complaint !== null) complaints.push(complaint);
  });
  for (const domain of ['Runtime', 'Log', 'Page', 'Audits']) await send(`${domain}.enable`);
  await send('Page.navigate', { url });

  const evaluate = async <T>(expression: string): Promise<T> => {
    const { result, exceptionDetails } = await send<{
      result: { value: T };
      exceptionDetails?: { text: string; exception?: { description?: string } };
    }>('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true, userGesture: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  const page: Page = {
    evaluate,
    until: (expression) => until(() => evaluate<boolean>(`Boolean(${expression})`).catch(unlessLeft)),
    // It navigates once this is answered.
    leaveFor: (address) => evaluate(`void setTimeout(() => { location = ${JSON.stringify(address)} })`),
    type: async (text) => {
      await send('Input.insertText', { text });
    },
    press: async (key, { control = false } = {}) => {
      const code = { Enter: 13, ' ': 32, a: 65 }[key];
      const stroke = { key, windowsVirtualKeyCode: code, modifiers: control ? 2 : 0 };
      await send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...stroke });
      await send('Input.dispatchKeyEvent', { type: 'keyUp', ...stroke });
    },
    screenshot: async () => Buffer.from((await send<{ data: string }>('Page.captureScreenshot')).data, 'base64'),
    complaints,
  };
  await page.until(`location.href !== 'about:blank' && document.readyState === 'complete'`);
  return page;
}

/** A page that is left before it answers gives no result: the next page is asked. */
function unlessLeft(error: Error): boolean {
  if (/navigated or closed|[Cc]ontext (was destroyed|with specified id)/.test(error.message)) return false;
  throw error;
}

/** What an event of the page complains about; null when it doesn't. */
function complaintOf(method: string, params: Readonly<Record<string, unknown>>): string | null {
  const about = params as {
    readonly type?: string;
    readonly args?: readonly { readonly value?: unknown; readonly description?: string }[];
    readonly entry?: { readonly level: string; readonly text: string; readonly url?: string };
    readonly exceptionDetails?: { readonly text: string; readonly exception?: { readonly description?: string } };
    readonly issue?: { readonly code: string; readonly details: object };
  };
  switch (method) {
    case 'Runtime.exceptionThrown':
      return about.exceptionDetails?.exception?.description ?? about.exceptionDetails?.text ?? 'an exception';
    case 'Runtime.consoleAPICalled':
      if (about.type !== 'error' && about.type !== 'warning') return null;
      return (about.args ?? []).map(({ value, description }) => String(value ?? description)).join(' ');
    case 'Log.entryAdded':
      return about.entry?.level === 'error' ? `${about.entry.text} ${about.entry.url ?? ''}` : null;
    case 'Audits.issueAdded':
      return about.issue?.code === 'ContentSecurityPolicyIssue' ? JSON.stringify(about.issue.details) : null;
    default:
      return null;
  }
}

interface Reply {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** Requests and events of the DevTools protocol, on one socket. */
function speak(socket: WebSocket) {
  const waiting = new Map<number, (reply: Reply) => void>();
  const listeners = new Map<string, (method: string, params: Readonly<Record<string, unknown>>) => void>();
  let sent = 0;
  socket.on('message', (data) => {
    const reply = JSON.parse(String(data)) as Reply;
    if (reply.id !== undefined) waiting.get(reply.id)?.(reply);
    else if (reply.sessionId && reply.method) listeners.get(reply.sessionId)?.(reply.method, reply.params ?? {});
  });
  return {
    send: <T>(method: string, params: object = {}, sessionId?: string) =>
      new Promise<T>((resolve, reject) => {
        sent += 1;
        const id = sent;
        waiting.set(id, ({ result, error }) => {
          waiting.delete(id);
          if (error) reject(new Error(`${method}: ${error.message}`));
          else resolve(result as T);
        });
        socket.send(JSON.stringify({ id, method, params, sessionId }));
      }),
    events:
      (sessionId: string): Listen =>
      (heard) =>
        void listeners.set(sessionId, heard),
  };
}

/** Chromium says on standard error where it listens. */
async function addressOf(child: ChildProcess): Promise<string> {
  const lines = createInterface(child.stderr!);
  for await (const line of lines) {
    const address = /^DevTools listening on (ws:\S+)/.exec(line)?.[1];
    if (address) {
      child.stderr!.resume();
      return address;
    }
  }
  throw new Error('Chromium ended before it listened.');
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
