import { createServer, type Socket } from 'node:net';
import type { AtEnd } from './temporary.js';

/** A mail as a mail server got it. */
export interface Delivered {
  readonly from: string;
  readonly to: readonly string[];
  readonly text: string;
}

/** A mail server that speaks SMTP (RFC 5321) over a socket, strictly in order, and keeps what it gets. */
export async function startMailServer(atEnd: AtEnd, { refuses = false } = {}) {
  const delivered: Delivered[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.once('close', () => sockets.delete(socket)));
    let from: string | null = null;
    let to: string[] = [];
    let data: string[] | null = null;
    let rest = '';
    const say = (line: string) => socket.write(`${line}\r\n`);
    const take = (line: string): void => {
      if (data) {
        if (line !== '.') return void data.push(line.replace(/^\.\./, '.'));
        delivered.push({ from: from!, to, text: data.join('\n') });
        [from, to, data] = [null, [], null];
        return void say('250 taken');
      }
      const [, sender] = /^MAIL FROM:<([^>]*)>/i.exec(line) ?? [];
      const [, receiver] = /^RCPT TO:<([^>]*)>/i.exec(line) ?? [];
      if (/^(EHLO|HELO) /i.test(line)) say('250 mail.example');
      else if (sender !== undefined && from === null) {
        from = sender;
        say('250 so far');
      } else if (receiver !== undefined && from !== null) {
        if (refuses) return void say(`550 5.1.1 <${receiver}>: no such canary`);
        to.push(receiver);
        say('250 so far');
      } else if (/^DATA$/i.test(line) && to.length > 0) {
        data = [];
        say('354 go on');
      } else if (/^QUIT$/i.test(line)) socket.end('221 bye\r\n');
      else say('503 not now');
    };
    socket.on('data', (part) => {
      const lines = (rest + part.toString('utf8')).split('\r\n');
      rest = lines.pop()!;
      lines.forEach(take);
    });
    say('220 mail.example');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  );
  const { port } = server.address() as { port: number };
  return { url: `smtp://127.0.0.1:${port}`, delivered };
}
