import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * What a TCP proxy does to its clients. `refuse`: nobody listens. `hang`: connections stay open, nothing goes
 * through. `slow`: every piece is late. `cut`: ends each connection in the middle of a reply, after that many bytes.
 * `lose`: requests with a text in them arrive, and their connections end instead of the reply. `garbage`: replies are noise.
 */
export type Fault =
  | { readonly kind: 'none' | 'refuse' | 'hang' | 'garbage' }
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'cut'; readonly after: number }
  | { readonly kind: 'lose'; readonly text: string };

/** A TCP proxy in front of a server, to see what its clients do when the network fails. */
export interface FaultProxy {
  readonly port: number;
  /** How many connections were made in all. */
  readonly connections: number;
  /** Sets what happens from now on, to open connections too. */
  set(fault: Fault): Promise<void>;
  /** Ends all open connections. */
  cut(): void;
  close(): Promise<void>;
}

/** Listens on a free port of this machine. */
export async function startProxy(target: { readonly host?: string; readonly port: number }): Promise<FaultProxy> {
  const sockets = new Set<Socket>();
  let fault: Fault = { kind: 'none' };
  let connections = 0;
  let server: Server | null = null;

  async function listen(port: number): Promise<number> {
    server = createServer(accept).listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as { port: number }).port;
  }

  function accept(client: Socket): void {
    connections += 1;
    const upstream = connect(target.port, target.host ?? '127.0.0.1');
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.setNoDelay(true);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
    let isLost = false;
    client.on('data', (data) => {
      isLost ||= fault.kind === 'lose' && data.includes(fault.text);
      pass(data, upstream);
    });
    upstream.on('data', (data) => {
      if (isLost) client.destroy();
      else reply(data, client);
    });
  }

  function pass(data: Buffer, to: Socket): void {
    if (fault.kind === 'hang') return;
    if (fault.kind === 'slow') setTimeout(() => to.writable && to.write(data), fault.ms);
    else to.write(data);
  }

  function reply(data: Buffer, to: Socket): void {
    if (fault.kind === 'garbage') to.write(randomBytes(data.length));
    else if (fault.kind === 'cut' && data.length > fault.after)
      to.end(data.subarray(0, fault.after), () => to.destroy());
    else pass(data, to);
  }

  function cut(): void {
    for (const socket of sockets) socket.destroy();
  }

  async function unlisten(): Promise<void> {
    const closing = server;
    server = null;
    if (!closing) return;
    const closed = once(closing, 'close');
    closing.close();
    cut();
    await closed;
  }

  const port = await listen(0);
  return {
    port,
    get connections() {
      return connections;
    },
    async set(next) {
      const hadEnded = fault.kind === 'hang' || fault.kind === 'garbage';
      fault = next;
      // Swallowed or garbled bytes leave connections unusable.
      if (hadEnded && next.kind !== 'hang') cut();
      if (next.kind === 'refuse') await unlisten();
      else if (!server) await listen(port);
    },
    cut,
    close: unlisten,
  };
}
