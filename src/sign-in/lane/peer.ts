/** Calls between two threads, in both directions, over one port. */

/** What a thread lets the other one call. What goes there and back is cloned. */
export type Calls = { readonly [name: string]: (...args: never[]) => unknown };

/** A port between threads: a worker, seen from outside, or its parent. */
export interface Port {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
}

/** The other thread. */
export interface Peer<Remote extends Calls> {
  /** Calls one of its functions. @throws what that throws, as `FaultCodec` gives it back; and what `abandon` was given */
  call<Name extends keyof Remote & string>(
    name: Name,
    ...args: Parameters<Remote[Name]>
  ): Promise<Awaited<ReturnType<Remote[Name]>>>;
  /** Calls that wait for an answer. */
  readonly waiting: number;
  /** Says to all that wait that there will be no answer. */
  abandon(error: Error): void;
}

/** Carries errors over: cloning takes their class from them. */
export interface FaultCodec {
  encode(error: unknown): unknown;
  decode(fault: unknown): Error;
}

type Message =
  | { readonly kind: 'call'; readonly id: number; readonly name: string; readonly args: readonly unknown[] }
  | { readonly kind: 'result'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'fault'; readonly id: number; readonly fault: unknown };

/** @param local what the other thread may call here */
export function createPeer<Remote extends Calls>(port: Port, local: Calls, faults: FaultCodec): Peer<Remote> {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let last = 0;

  async function answer({ id, name, args }: Extract<Message, { kind: 'call' }>): Promise<void> {
    try {
      const value = await local[name]!(...(args as never[]));
      port.postMessage({ kind: 'result', id, value } satisfies Message);
    } catch (error) {
      port.postMessage({ kind: 'fault', id, fault: faults.encode(error) } satisfies Message);
    }
  }

  port.on('message', (given) => {
    const message = given as Message;
    if (message.kind === 'call') return void answer(message);
    const call = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.kind === 'result') call?.resolve(message.value);
    else call?.reject(faults.decode(message.fault));
  });

  return {
    call(name, ...args) {
      last += 1;
      const id = last;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
        port.postMessage({ kind: 'call', id, name, args } satisfies Message);
      });
    },
    get waiting() {
      return waiting.size;
    },
    abandon(error) {
      const all = [...waiting.values()];
      waiting.clear();
      for (const { reject } of all) reject(error);
    },
  };
}
