import dns from 'node:dns';
import net from 'node:net';

/** Loaded into a server with `--import`, in all its threads: reports attempts to contact another machine. */

const LOOPBACK = /^(127\.|::1$|localhost$)/;
const tell = (what: string) => process.stderr.write(`OUTGOING ${what}\n`);

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (this: net.Socket, ...args: Parameters<typeof connect>) {
  const [first] = args.flat() as unknown[];
  const host = typeof first === 'object' && first !== null && 'host' in first ? String(first.host) : 'localhost';
  const isLocalPath = typeof first === 'object' && first !== null && 'path' in first && first.path;
  if (!isLocalPath && !LOOPBACK.test(host)) tell(host);
  return connect.apply(this, args);
} as typeof connect;

const lookup = dns.lookup;
dns.lookup = ((...args: Parameters<typeof lookup>) => {
  if (!LOOPBACK.test(String(args[0]))) tell(String(args[0]));
  return lookup(...args);
}) as typeof lookup;
