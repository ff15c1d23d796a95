import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import { INSTALL_DEADLINE, installOnce, reasonOf } from '../machine/install-once.js';
import { plainEnvironment, run } from '../machine/package.js';

/** Official clients besides the one that other tests use: hosts are built with the older SDK, people look with the inspector. */

/** They are fetched by the first test that wants them. */
const PACKAGES = {
  // Of the SDK's first line, which most hosts are built with.
  '@modelcontextprotocol/sdk': '1.32.2',
  // It asks for a newer Node, and runs on 20.
  '@modelcontextprotocol/inspector': '2.12.0',
};

/** How a client reaches a server: it starts a program, or is given an address. */
export type Way =
  | {
      readonly args: readonly string[];
      readonly cwd: string;
      readonly env: Readonly<Record<string, string>>;
    }
  | { readonly url: string; readonly headers: Readonly<Record<string, string>> };

/** The parts of a tool that hosts show and decide by. */
export interface ListedTool {
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  readonly inputSchema: { readonly type: string; readonly properties?: object };
  readonly annotations?: Readonly<Record<string, boolean>>;
}

type Text = { readonly type: string; readonly text: string };

/** What a server answers, as the client prints or returns it. */
export interface Answers {
  'tools/list': { readonly tools: readonly ListedTool[] };
  'tools/call': { readonly content: readonly Text[]; readonly isError?: boolean };
  'resources/list': { readonly resources: readonly { readonly uri: string }[] };
  'resources/templates/list': { readonly resourceTemplates: readonly { readonly uriTemplate: string }[] };
  'resources/read': { readonly contents: readonly { readonly text: string }[] };
  'prompts/list': { readonly prompts: readonly { readonly name: string }[] };
  'prompts/get': { readonly messages: readonly { readonly content: Text }[] };
}

/** What a method needs to know; lists need nothing. */
export interface Question {
  /** Of a tool or a prompt. */
  readonly name?: string;
  /** Texts only: the inspector has nothing else. */
  readonly given?: Readonly<Record<string, string>>;
  readonly uri?: string;
}

/** A client and its server: it asks a question, and returns the answer as it came. @throws when it is refused */
export type OtherClient = <M extends keyof Answers>(method: M, question?: Question) => Promise<Answers[M]>;

/** The parts of the older SDK's client that tests use. */
export interface OlderClient {
  connect(transport: object): Promise<void>;
  request(request: { method: string; params?: object }, result: object): Promise<unknown>;
  callTool(params: object, result?: undefined, options?: object): Promise<Answers['tools/call']>;
  complete(params: object): Promise<{ completion: { values: readonly string[] } }>;
  subscribeResource(params: { uri: string }): Promise<unknown>;
  setNotificationHandler(schema: object, heard: (message: { params: { uri: string } }) => void): void;
  getServerVersion(): { name: string; version: string } | undefined;
  getInstructions(): string | undefined;
  close(): Promise<void>;
}

const found = await find();

/** Why they can't be had here; null when they can. */
export const otherClientsUnavailable: string | null = 'reason' in found ? found.reason : null;

if (otherClientsUnavailable) console.warn(`Tests with other clients of MCP are skipped: ${otherClientsUnavailable}`);

async function find(): Promise<{ readonly modules: string } | { readonly reason: string }> {
  try {
    const home = await installOnce('mcp-clients', JSON.stringify(PACKAGES), async (folder) => {
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: PACKAGES }));
      const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'];
      const shell = process.platform === 'win32';
      await run('npm', args, { cwd: folder, env: plainEnvironment, timeout: INSTALL_DEADLINE, shell });
    });
    return { modules: join(home, 'node_modules') };
  } catch (error) {
    if (process.env.CI === 'true') throw error;
    return { reason: `they could not be installed: ${reasonOf(error)}` };
  }
}

/** A file of one of the packages. */
function fileOf(name: keyof typeof PACKAGES, path: string): string {
  if ('reason' in found) throw new Error(found.reason);
  return join(found.modules, name, path);
}

/** A module of the older SDK. Its types aren't there when this is checked. */
export function olderSdk<T>(path: string): Promise<T> {
  return import(pathToFileURL(fileOf('@modelcontextprotocol/sdk', `dist/esm/${path}.js`)).href) as Promise<T>;
}

type Transport = new (...args: readonly unknown[]) => object;

/** Connects a client of the older SDK, which is closed when the test ends. */
export async function connectOlder(way: Way): Promise<OlderClient> {
  const { Client } = await olderSdk<{ Client: new (info: object) => OlderClient }>('client/index');
  const client = new Client({ name: 'older-host', version: '1.0.0' });
  if ('url' in way) {
    const http = await olderSdk<{ StreamableHTTPClientTransport: Transport }>('client/streamableHttp');
    const options = { requestInit: { headers: way.headers } };
    await client.connect(new http.StreamableHTTPClientTransport(new URL(way.url), options));
  } else {
    const { StdioClientTransport } = await olderSdk<{ StdioClientTransport: Transport }>('client/stdio');
    await client.connect(new StdioClientTransport({ command: process.execPath, ...way, stderr: 'inherit' }));
  }
  onTestFinished(() => client.close());
  return client;
}

/** The client of the SDK's first line, on one connection. Its schemas check what it is answered. */
export async function olderClient(way: Way): Promise<OtherClient> {
  const client = await connectOlder(way);
  const types = await olderSdk<Record<string, object>>('types');
  const schemas: { readonly [M in keyof Answers]: string } = {
    'tools/list': 'ListToolsResultSchema',
    'tools/call': 'CallToolResultSchema',
    'resources/list': 'ListResourcesResultSchema',
    'resources/templates/list': 'ListResourceTemplatesResultSchema',
    'resources/read': 'ReadResourceResultSchema',
    'prompts/list': 'ListPromptsResultSchema',
    'prompts/get': 'GetPromptResultSchema',
  };
  return async <M extends keyof Answers>(method: M, { name, given, uri }: Question = {}) => {
    const params = { ...(name && { name, arguments: given ?? {} }), ...(uri && { uri }) };
    return (await client.request({ method, params }, types[schemas[method]]!)) as Answers[M];
  };
}

/** The status with which the inspector says that a tool answered with an error. It prints the answer all the same. */
const TOOL_ERROR = 5;

/** The inspector's command line: a process, and a connection, for each question. */
export async function inspector(way: Way): Promise<OtherClient> {
  const program = fileOf('@modelcontextprotocol/inspector', 'clients/launcher/build/index.js');
  const target =
    'url' in way
      ? [way.url, '--transport', 'http', ...pairs('--header', way.headers, ': ')]
      : [process.execPath, ...way.args, '--cwd', way.cwd, ...pairs('-e', way.env, '=')];
  return async <M extends keyof Answers>(method: M, { name, given = {}, uri }: Question = {}) => {
    const kind = method === 'prompts/get' ? 'prompt' : 'tool';
    const asked = [
      ...(name ? [`--${kind}-name`, name, ...pairs(kind === 'tool' ? '--tool-arg' : '--prompt-args', given, '=')] : []),
      ...(uri ? ['--uri', uri] : []),
      // Says on the error output, and with its status, which schemas some hosts can't use.
      ...(method === 'tools/list' ? ['--strict'] : []),
    ];
    const args = [program, '--cli', ...target, '--method', method, ...asked];
    const { stdout } = await run(process.execPath, args, { env: plainEnvironment }).catch(
      (error: { code?: unknown; stdout: string }) => {
        if (error.code === TOOL_ERROR) return error;
        throw error;
      },
    );
    return JSON.parse(stdout) as Answers[M];
  };
}

/** The option for each pair of a name and a value. */
function pairs(option: string, values: Readonly<Record<string, string>>, between: string): string[] {
  return Object.entries(values).flatMap(([name, value]) => [option, `${name}${between}${value}`]);
}
