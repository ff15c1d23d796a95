import { Agent, request } from 'node:http';

/** A request that is sent repeatedly. */
export interface Shot {
  readonly path: string;
  readonly method: 'GET' | 'POST';
  readonly body?: string;
}

/**
 * Requests per second and their median time, by clients that each keep one connection and send the next request when the
 * last was answered. `next` makes each client's next request; an answer other than 200 fails the run.
 */
export async function load(
  url: string,
  clients: number,
  seconds: number,
  next: (client: number, sent: number) => Shot,
): Promise<{ readonly rate: number; readonly times: readonly number[] }> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const { hostname, port } = new URL(url);
  const times: number[] = [];
  const begin = performance.now();
  const end = begin + seconds * 1_000;
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let sent = 0; performance.now() < end; sent += 1) {
        const start = performance.now();
        await shoot(agent, hostname, port, next(client, sent));
        times.push(performance.now() - start);
      }
    }),
  );
  const took = performance.now() - begin;
  agent.destroy();
  return { rate: (times.length / took) * 1_000, times };
}

function shoot(agent: Agent, hostname: string, port: string, { path, method, body }: Shot): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = body ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } : {};
    const sent = request({ agent, hostname, port, path, method, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        const text = Buffer.concat(parts).toString();
        if (response.statusCode !== 200 || text.includes('"errors"'))
          reject(new Error(`${response.statusCode} ${text.slice(0, 500)}`));
        else resolve();
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
