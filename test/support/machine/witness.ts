import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';

/** A request to a server, and the answer. */
export interface Seen {
  /** Such as `GET /graphql?query=…`. */
  readonly asked: string;
  readonly status: number;
  /** Names of the answer's headers, and their values. */
  readonly answer: readonly string[];
}

/** A proxy that records and forwards everything unchanged. */
export interface Witness {
  readonly url: string;
  readonly seen: Seen[];
  close(): void;
}

/** Listens on a free port of this machine, on IPv4. */
export async function startWitness(target: string): Promise<Witness> {
  const { hostname, port } = new URL(target);
  const seen: Seen[] = [];
  const note = ({ method, url }: IncomingMessage, status: number, answer: readonly string[] = []) => {
    seen.push({ asked: `${method} ${url}`, status, answer });
  };

  const server = createServer((asked, answer) => {
    const { method, url: path, rawHeaders: headers } = asked;
    const passed = request({ hostname, port, method, path, headers, agent: false, setHost: false }, (answered) => {
      note(asked, answered.statusCode!, answered.rawHeaders);
      answer.writeHead(answered.statusCode!, answered.rawHeaders);
      answered.pipe(answer);
    });
    passed.on('error', () => answer.destroy());
    asked.pipe(passed);
  });
  server.on('upgrade', (asked: IncomingMessage, client, head) => {
    const passed = connect(Number(port), hostname);
    const lines = asked.rawHeaders.flatMap((name, at, all) => (at % 2 === 0 ? [`${name}: ${all[at + 1]}`] : []));
    passed.write([`${asked.method} ${asked.url} HTTP/1.1`, ...lines, '', ''].join('\r\n'));
    passed.write(head);
    passed.once('data', (answer: Buffer) => note(asked, Number(answer.toString('latin1').split(' ')[1])));
    passed.pipe(client).pipe(passed);
    for (const socket of [passed, client]) socket.on('error', () => socket.destroy());
  });

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    seen,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
