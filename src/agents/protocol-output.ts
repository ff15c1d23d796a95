import { Writable } from 'node:stream';

/**
 * Takes standard output for a protocol alone: whatever else this process or its threads print there from now on, such as a
 * library's warning, goes to standard error.
 * @returns the stream of the protocol
 */
export function takeStandardOutput(): Writable {
  const { stdout, stderr } = process;
  const write = stdout.write.bind(stdout);
  stdout.write = stderr.write.bind(stderr);
  return new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, encoding, done) {
      if (typeof chunk === 'string') write(chunk, encoding, done);
      else write(chunk, done);
    },
  });
}
