import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { isRecord, judge, type Reply, refuse } from './rules.js';

/** A fake of Voyage AI's embeddings API: a server on loopback that is as strict as the real one. */
export interface VoyageDouble {
  /** The value of `baseUrl`: ends with `/v1`. */
  readonly url: string;
  /** The only key that is valid here. */
  readonly key: string;
  /** Every request so far, in the order of their arrival. */
  readonly requests: readonly VoyageRequestSeen[];
  /** The most requests that were in flight at once, since the start or the last `forget`. */
  readonly peak: number;
  /** What the next requests get instead of an answer, one each; after those, requests are answered again. */
  next(...faults: readonly VoyageFault[]): void;
  /** What every request gets from now on instead of an answer; null ends that. */
  always(fault: VoyageFault | null): void;
  /** Keeps requests waiting until the returned function is called. */
  hold(): () => void;
  /** Forgets the requests and the peak. */
  forget(): void;
  /** Cuts all connections and stops listening. Calling it again does nothing. */
  stop(): Promise<void>;
  /** Listens again at the same address. */
  start(): Promise<void>;
}

export interface VoyageRequestSeen {
  readonly model: string;
  readonly inputType: string | null;
  readonly texts: readonly string[];
  /** The tokens counted; 0 when a fault came first. */
  readonly tokens: number;
  /** 200 also for what was answered badly on purpose; 0 when there was no answer. */
  readonly status: number;
}

export type VoyageFault =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly detail?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** `ms` before the headers, or with `body` in the middle of the body. */
  | { readonly kind: 'slow'; readonly ms: number; readonly body?: boolean }
  | { readonly kind: 'hang'; readonly body?: boolean }
  | { readonly kind: 'cut' }
  | { readonly kind: 'garbage'; readonly text: string }
  /** A well-formed answer that is wrong: some vectors too few, too short, in another order, zero, or null. */
  | { readonly kind: 'wrong'; readonly how: 'count' | 'dimensions' | 'index' | 'zero' | 'null' }
  /** A right answer with its items in another order. */
  | { readonly kind: 'shuffled' };

export interface VoyageOptions {
  readonly key?: string;
  /** Time that an answer takes for each text, in ms. */
  readonly msPerText?: number;
  /** A text with this in it is refused (400), and the request that it is in. */
  readonly poison?: string;
}

export const FREE_TIER =
  'You have not yet added your payment method in the billing page and will have reduced rate limits of 3 RPM and 10K TPM. To unlock our standard rate limits, please add a payment method in the billing page for the appropriate organization in the user dashboard.';

/** A 429. `retryAfter` in seconds. */
export function rateLimited(retryAfter?: number, detail = 'You have exceeded your rate limit.'): VoyageFault {
  const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  return { kind: 'status', status: 429, detail, headers };
}

/** Starts the double. Its key begins with `pa-` unless the options say otherwise. */
export async function startVoyage(options: VoyageOptions = {}): Promise<VoyageDouble> {
  const key = options.key ?? 'pa-double-0123456789-canary';
  const queue: VoyageFault[] = [];
  let lasting: VoyageFault | null = null;
  let requests: VoyageRequestSeen[] = [];
  let underWay = 0;
  let peak = 0;
  let held: Promise<void> | null = null;
  let port = 0;
  let server: Server | null = null;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    underWay += 1;
    peak = Math.max(peak, underWay);
    let isUnderWay = true;
    const done = () => {
      if (isUnderWay) underWay -= 1;
      isUnderWay = false;
    };
    response.once('close', done);
    const body = await readJson(request);
    const seen = { model: '', inputType: null, texts: [], tokens: 0, status: 0, ...described(body) };
    requests.push(seen);
    await held;
    const fault = queue.shift() ?? lasting;
    if (fault?.kind === 'hang' && !fault.body) return;
    if (fault?.kind === 'slow' && !fault.body) await delay(fault.ms);
    const reply =
      fault?.kind === 'status'
        ? refuse(fault.status, fault.detail ?? `The server answered ${fault.status}.`)
        : judge(request, body, key, options.poison);
    Object.assign(seen, { status: reply.status, tokens: reply.tokens });
    if (options.msPerText) await delay(options.msPerText * seen.texts.length);
    // A client that has its answer may send the next one before this one is closed.
    done();
    await send(response, reply, fault);
  }

  async function start(): Promise<void> {
    if (server) return;
    const started = createServer((request, response) => {
      answer(request, response).catch(() => response.destroy());
    });
    server = started;
    started.listen(port, '127.0.0.1');
    await once(started, 'listening');
    port = (started.address() as AddressInfo).port;
  }

  await start();
  return {
    url: `http://127.0.0.1:${port}/v1`,
    key,
    get requests() {
      return requests;
    },
    get peak() {
      return peak;
    },
    next: (...faults) => void queue.push(...faults),
    always(fault) {
      lasting = fault;
    },
    hold() {
      let release = () => {};
      held = new Promise((resolve) => {
        release = resolve;
      });
      return () => {
        held = null;
        release();
      };
    },
    forget() {
      requests = [];
      peak = underWay;
    },
    async stop() {
      const stopped = server;
      if (!stopped) return;
      server = null;
      stopped.closeAllConnections();
      await new Promise((resolve) => stopped.close(resolve));
    },
    start,
  };
}

// — reading and answering —

function described(body: unknown): Partial<VoyageRequestSeen> {
  if (!isRecord(body)) return {};
  const { input, model, input_type: inputType } = body;
  return {
    model: String(model),
    inputType: typeof inputType === 'string' ? inputType : null,
    texts: (Array.isArray(input) ? input : [input]).map(String),
  };
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    return undefined;
  }
}

async function send(response: ServerResponse, reply: Reply, fault: VoyageFault | null): Promise<void> {
  const text =
    fault?.kind === 'garbage' ? fault.text : JSON.stringify(reply.status === 200 ? spoil(reply, fault) : reply.body);
  response.writeHead(reply.status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...(fault?.kind === 'status' ? fault.headers : {}),
  });
  const half = text.slice(0, text.length >> 1);
  if (fault?.kind === 'cut') {
    response.write(half, () => response.destroy());
    return;
  }
  if ((fault?.kind === 'slow' || fault?.kind === 'hang') && fault.body) {
    response.write(half);
    if (fault.kind === 'hang') return;
    await delay(fault.ms);
    response.end(text.slice(half.length));
    return;
  }
  response.end(text);
}

interface Item {
  readonly embedding: string | number[];
  readonly index: number;
}

function spoil({ body }: Reply, fault: VoyageFault | null): object {
  const { data } = body as { data: readonly Item[] };
  if (fault?.kind === 'shuffled') return { ...body, data: [...data].reverse() };
  if (fault?.kind !== 'wrong') return body;
  const change = (embedding: unknown) => ({ ...body, data: data.map((item) => ({ ...item, embedding })) });
  switch (fault.how) {
    case 'count':
      return { ...body, data: data.slice(1) };
    case 'dimensions':
      return change(new Array(7).fill(0.5));
    case 'index':
      return { ...body, data: data.map((item) => ({ ...item, index: 0 })) };
    case 'zero':
      return change(new Array(1024).fill(0));
    case 'null':
      return change(new Array(1024).fill(null));
  }
}
