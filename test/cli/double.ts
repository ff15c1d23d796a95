import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo, Socket } from 'node:net';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';

// As Node loads it for graphql-ws: run through Vite, GraphQL would be loaded twice.
const { buildSchema, graphql } = createRequire(import.meta.url)('graphql') as typeof import('graphql');

/** A fake server with one migration: the test sends its progress event by event, and can cut connections. */
export interface MigrationDouble {
  readonly url: string;
  /** Sends progress, which stays as it is from now on. */
  emit(change: Readonly<Record<string, unknown>>): void;
  /** Cuts every connection, and refuses new ones until `comeBack`. */
  drop(): Promise<void>;
  comeBack(): Promise<void>;
  /** The requests received, such as `pauseMigration`, or `migrationProgress after 3`. */
  readonly requests: readonly string[];
  /** Resolves when this request was received. */
  received(what: string): Promise<void>;
  close(): Promise<void>;
}

export const MIGRATION = 'mig_01m803t0steqfrsz7hqfx00000';

const START = {
  ...{ migrationId: MIGRATION, phase: 'COPYING', isRollingBack: false, isPaused: false, rate: 2_000, etaSeconds: 3 },
  collections: [
    { name: 'tasks', done: 1, total: 4, rejected: 0, verified: 0 },
    { name: 'log', done: 0, total: 9, rejected: 0, verified: 0 },
  ],
  vectors: { done: 0, total: 2, failed: 0 },
  lag: { entries: 0, seconds: 0 },
  pacing: 0,
  ...{
    tokens: 0,
    dollars: 0,
    fenceMs: null,
    canCutOver: false,
    canRollBack: false,
    message: 'Copying.',
    problem: null,
  },
};

const ESTIMATE = {
  checks: [{ name: 'TARGET', outcome: 'PASSED', ms: 1.5, message: 'It can be written to.', hint: null }],
  collections: [{ name: 'tasks', records: 4, bytes: 2_048 }],
  ...{
    bytes: 2_048,
    vectors: 2,
    isSameModel: true,
    fromModel: 'minilm',
    toModel: 'minilm',
    tokens: 0,
    dollars: 0,
    seconds: 3,
  },
};

export async function startDouble(options: { readonly refusesPause?: boolean } = {}): Promise<MigrationDouble> {
  const schema = buildSchema(await readFile('schema.graphql', 'utf8'));
  const events: Record<string, unknown>[] = [];
  const requests: string[] = [];
  const listeners = new Set<() => void>();
  const wake = () => {
    for (const listener of [...listeners]) listener();
  };
  const next = () =>
    new Promise<void>((resolve) => {
      const once = () => {
        listeners.delete(once);
        resolve();
      };
      listeners.add(once);
    });
  const record = (what: string) => {
    requests.push(what);
    wake();
  };
  const emit = (change: Readonly<Record<string, unknown>>) => {
    const cursor = String(events.length + 1);
    events.push({ ...(events.at(-1) ?? START), ...change, cursor, at: new Date().toISOString() });
    wake();
  };
  emit({});

  const none = { nodes: [], edges: [], pageInfo: { hasNextPage: false, hasPreviousPage: false }, totalCount: 0 };
  const migration = () => {
    const progress = events.at(-1)!;
    const { phase, isRollingBack, isPaused, message, problem } = progress;
    return {
      ...{
        id: MIGRATION,
        projectId: 'prj_1',
        project: null,
        dryRun: false,
        autoCutOver: true,
        batchSize: 100,
        onReject: 'STOP',
      },
      ...{ from: { mode: 'LOCAL' }, to: { mode: 'FILE' }, phase, isRollingBack, isPaused, message, problem, progress },
      isOver: ['FAILED', 'CANCELLED', 'ROLLED_BACK', 'FINALIZED'].includes(String(phase)),
      ...{ rejects: none, mismatches: none, createdAt: '2026-11-21T00:00:00.000Z', movedAt: null, endedAt: null },
    };
  };
  const act = (name: string, change: object) => () => {
    record(name);
    emit({ ...change });
    return { __typename: `${name[0]!.toUpperCase()}${name.slice(1)}Payload`, migration };
  };
  const rootValue = {
    project: () => ({ id: 'prj_1', name: 'Lighthouse', storageMode: 'LOCAL', deletedAt: null }),
    estimateMigration: () => ESTIMATE,
    migration,
    startMigration: act('startMigration', {}),
    resumeMigration: act('resumeMigration', { isPaused: false }),
    verifyMigration: act('verifyMigration', {}),
    cancelMigration: act('cancelMigration', {}),
    pauseMigration: () => {
      if (!options.refusesPause) return act('pauseMigration', { isPaused: true })();
      record('pauseMigration');
      return {
        __typename: 'MigrationStateError',
        code: 'MIGRATION_STATE',
        message: 'It has moved.',
        hint: 'Let it be.',
      };
    },
    async *migrationProgress({ after }: { after: string | null }) {
      record(`migrationProgress after ${after}`);
      for (let at = after === null ? events.length - 1 : Number(after); ; at++) {
        while (at >= events.length) await next();
        yield { migrationProgress: events[at] };
      }
    },
  };

  let port = 0;
  const listen = async () => {
    const sockets = new Set<Socket>();
    const http = createServer(async (request, response) => {
      let body = '';
      for await (const part of request) body += part;
      const { query, variables } = JSON.parse(body) as { query: string; variables: Record<string, unknown> };
      const answer = await graphql({ schema, source: query, rootValue, variableValues: variables });
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
    });
    http.on('connection', (socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
    const server = useServer(
      { schema, roots: { subscription: rootValue } },
      new WebSocketServer({ server: http, path: '/graphql' }),
    );
    await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
    port = (http.address() as AddressInfo).port;
    return async () => {
      const closed = new Promise((resolve) => http.close(resolve));
      for (const socket of sockets) socket.destroy();
      await Promise.all([closed, server.dispose()]);
    };
  };
  let close = await listen();
  return {
    url: `http://127.0.0.1:${port}`,
    emit,
    requests,
    drop: () => close(),
    comeBack: async () => {
      close = await listen();
    },
    async received(what) {
      while (!requests.includes(what)) await next();
    },
    close: () => close().catch(() => undefined),
  };
}
