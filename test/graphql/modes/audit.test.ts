import type { GraphQLError } from 'graphql';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ApiKey } from '../../../src/domain/access/api-key.js';
import { LEVEL, type Level } from '../../../src/domain/access/level.js';
import type { Permission } from '../../../src/domain/access/permission.js';
import { localPrincipal, type Principal } from '../../../src/domain/access/principal.js';
import type { User } from '../../../src/domain/access/user.js';
import type { Author } from '../../../src/domain/author.js';
import type { MooringError } from '../../../src/domain/errors.js';
import { CATALOG_KEY, createIdGenerator, projectKeyOf } from '../../../src/domain/id.js';
import { apiKeys, outsideKeys, secrets, securityEvents, users } from '../../../src/storage/account-collections.js';
import { storageConfigs } from '../../../src/storage/collections.js';
import type { Change } from '../../../src/storage/store.js';
import { type Accounts, accountsIn } from '../../support/accounts.js';
import { author, everyone, type Graph, prepare, startGraph } from '../support.js';

const CANARY = 'canary-7f3a91';
const FIELDS = `seq at actor actorKind actorId actorName client requestId collection recordId projectId version operation summary
  changes { field isHidden before after }`;
const PAGE = `nodes { ${FIELDS} } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }`;
const LOG = `query ($filter: AuditFilter, $first: Int, $last: Int, $after: String, $before: String, $direction: SortDirection) {
  auditLog(filter: $filter, first: $first, last: $last, after: $after, before: $before, direction: $direction) { ${PAGE} }
}`;
const CSV = `query ($filter: AuditFilter, $first: Int, $after: String) {
  auditLogCsv(filter: $filter, first: $first, after: $after) { text hasNextPage endCursor }
}`;

interface Entry {
  readonly [field: string]: unknown;
  readonly seq: number;
  readonly collection: string;
  readonly operation: string;
  readonly summary: string;
  readonly changes: readonly { field: string; isHidden: boolean; before: unknown; after: unknown }[] | null;
}
interface Log {
  readonly auditLog: {
    readonly nodes: readonly Entry[];
    readonly edges: readonly { readonly cursor: string }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly startCursor: string; readonly endCursor: string };
  };
}
interface Csv {
  readonly auditLogCsv: { readonly text: string; readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const newId = createIdGenerator();

/** Rights of a made-up user. */
function principalWith(
  permissions: readonly Permission[],
  levels: readonly (readonly [id: string, level: Level])[] = [],
) {
  const projects = new Map(levels.map(([id, level]) => [projectKeyOf(id), level] as const));
  const rights = { permissions: new Set(permissions), everywhere: LEVEL.NONE, projects };
  return { ...localPrincipal('usr_made_up'), kind: 'USER', ...rights } as Principal;
}

const codeOf = ({ originalError }: GraphQLError) => (originalError as MooringError).code;

describe('the audit', () => {
  let graph: Graph;
  let accounts: Accounts;
  let who: Author;
  /** Asks as somebody. */
  const as = (principal: Principal, actor = principal.actor ?? 'tester') => {
    who = { ...author, actor, principal };
    return graph;
  };
  const log = async (principal: Principal, variables: Record<string, unknown> = {}) =>
    (await as(principal).ask<Log>(LOG, variables)).auditLog;

  prepare(async () => {
    const caller = {
      get actor() {
        return who.actor;
      },
      requestId: author.requestId,
      get principal() {
        return who.principal;
      },
    };
    graph = await startGraph({ shared: true, caller });
    accounts = accountsIn(graph.factory.catalog.store);
  });
  beforeEach(() => {
    who = { ...author, principal: everyone };
  });

  it('says who did what with users and keys, and nothing of what is secret', async () => {
    const user = await accounts.createUser('MEMBER', { name: 'Ada', email: 'ada@example.com' });
    const { key } = await accounts.createKey(user, { name: 'Agent', hash: `${CANARY}-hash`, ending: 'wxyz' });
    const { store } = graph.factory.catalog;
    const at = new Date().toISOString();
    const base = (kind: 'outsideKey' | 'secret' | 'storageConfig') => {
      return {
        id: newId(kind, CATALOG_KEY),
        version: 1,
        createdAt: at,
        updatedAt: at,
        deletedAt: null,
        externalId: null,
      };
    };
    const sealed = `${CANARY}-sealed`;
    const documents = [
      [secrets.name, { ...base('secret'), name: 'outside:out_1', sealed }],
      [
        outsideKeys.name,
        { ...base('outsideKey'), userId: user.id, provider: 'openai', secretName: CANARY, ending: 'abcd' },
      ],
      [
        storageConfigs.name,
        {
          ...base('storageConfig'),
          mode: 'FILE',
          values: { path: CANARY },
          secrets: { a: { sealed, ending: CANARY } },
        },
      ],
      [users.name, { ...user, version: 2, name: 'Ada L.', settings: { theme: CANARY } } satisfies User],
      [apiKeys.name, { ...key, version: 2, hash: `${CANARY}-2`, revokedAt: at, revokedBy: user.id } satisfies ApiKey],
    ] as const;
    const changes = documents.map(([collection, document]): Change => {
      return { kind: 'put', collection, operation: document.version === 1 ? 'CREATE' : 'UPDATE', document };
    });
    await store.commit(changes, { epoch: await store.epoch(), actor: `${key.id} claude`, requestId: 'r7', at });

    const auditor = principalWith(['audit:read']);
    const { nodes } = await log(auditor, { first: 50, filter: { requestId: 'r7' }, direction: 'ASC' });
    const whose = {
      actor: `${key.id} claude`,
      actorKind: 'KEY',
      actorId: key.id,
      actorName: 'Agent',
      client: 'claude',
    };
    for (const node of nodes) expect(node).toMatchObject({ ...whose, at, requestId: 'r7', projectId: null });
    const hidden = (field: string) => ({ field, isHidden: true, before: null, after: null });
    expect(nodes.map(({ summary, changes }) => [summary, changes])).toEqual([
      ['Created the secret outside:out_1', [{ field: 'name', isHidden: false, before: null, after: 'outside:out_1' }]],
      ['Created the outside key for openai', expect.anything()],
      ['Created the storage settings of FILE', [{ field: 'mode', isHidden: false, before: null, after: 'FILE' }]],
      [
        'Changed the user ada@example.com: name, settings',
        [{ field: 'name', isHidden: false, before: 'Ada', after: 'Ada L.' }, hidden('settings')],
      ],
      [
        'Revoked the API key Agent',
        [
          { field: 'revokedAt', isHidden: false, before: null, after: at },
          { field: 'revokedBy', isHidden: false, before: null, after: user.id },
        ],
      ],
    ]);
    const all = [await as(auditor).run(LOG, { first: 200 }), await as(auditor).run(CSV, {})];
    expect(JSON.stringify(all)).toContain('outside:out_1');
    expect(JSON.stringify(all)).not.toContain(CANARY);
  });

  it('of a project’s own log names what changed, without the contents', async () => {
    const project = await as(everyone).project();
    const made = await graph.write<{ task: { id: string } }>(
      'createTask',
      { projectId: project.id, title: CANARY, description: CANARY },
      'task { id version }',
    );
    await graph.write(
      'updateTask',
      { id: made.task.id, version: 1, title: 'Other', status: 'IN_PROGRESS' },
      'task { id }',
    );
    const manager = principalWith([], [[project.id, LEVEL.MANAGE]]);
    for (const principal of [manager, principalWith(['audit:read'])]) {
      const { nodes } = await log(principal, { filter: { projectId: project.id } });
      expect(nodes.map(({ summary, projectId }) => [summary, projectId])).toEqual([
        [`Changed the task ${made.task.id}: status, title`, project.id],
        [`Created the task ${made.task.id}`, project.id],
      ]);
      expect(JSON.stringify(nodes)).not.toContain(CANARY);
      expect((await log(principal, { filter: { recordId: made.task.id } })).nodes).toEqual(nodes);
    }
  });

  it('shows those who manage a project what was done with it, and of the server nothing else', async () => {
    const mine = await as(everyone).project();
    const other = await graph.project({ name: 'Another' });
    const user = await accounts.createUser('MEMBER');
    await accounts.grant(user.id, mine.id, 'READ');
    await accounts.grant(user.id, other.id, 'READ');
    const manager = principalWith([], [[mine.id, LEVEL.MANAGE]]);
    const summaries = async (filter: object) => (await log(manager, { filter })).nodes.map(({ summary }) => summary);
    expect(await summaries({ projectId: mine.id, collection: 'grants' })).toEqual([
      `Gave ${user.id} READ access to ${mine.id}`,
    ]);
    expect(await summaries({ projectId: mine.id, collection: 'projects' })).toEqual(['Created the project Harbour']);
    expect(await summaries({ recordId: mine.id })).toEqual(['Created the project Harbour']);
    expect(await summaries({ projectId: mine.id, collection: 'users' })).toEqual([]);
    expect(await summaries({ projectId: mine.id, recordId: other.id })).toEqual([]);
    expect(await summaries({ projectId: mine.id, recordId: user.id })).toEqual([]);
  });

  it('is refused to those who may not read it, and a project that they don’t see isn’t there', async () => {
    const { id } = await as(everyone).project();
    const refusedTo = async (principal: Principal, filter: object | null, query = LOG) =>
      codeOf(await as(principal).refused(query, { filter }));
    for (const query of [LOG, CSV]) {
      const nobody = principalWith(['users:administer']);
      expect(await refusedTo(nobody, null, query)).toBe('FORBIDDEN');
      expect(await refusedTo(nobody, { recordId: newId('user', CATALOG_KEY) }, query)).toBe('FORBIDDEN');
      expect(await refusedTo(nobody, { projectId: id }, query)).toBe('NOT_FOUND');
      expect(await refusedTo(nobody, { recordId: id }, query)).toBe('NOT_FOUND');
      expect(await refusedTo(principalWith([], [[id, LEVEL.WRITE]]), { projectId: id }, query)).toBe('FORBIDDEN');
      expect(await refusedTo(nobody, { projectId: 'garbage' }, query)).toBe('INVALID_INPUT');
      expect(await refusedTo(nobody, { recordId: 'garbage' }, query)).toBe('INVALID_INPUT');
      expect(await refusedTo(nobody, { collection: 'tasks' }, query)).toBe('FORBIDDEN');
      expect(await refusedTo(everyone, { collection: 'garbage' }, query)).toBe('INVALID_INPUT');
    }
    const absent = newId('project', 'zzzzzzzz');
    const [unseen, missing] = await Promise.all(
      [id, absent].map((projectId) => as(principalWith([])).refused(LOG, { filter: { projectId } })),
    );
    expect(unseen!.message.replace(id, '')).toBe(missing!.message.replace(absent, ''));
  });

  it('is paged from both ends by cursors', async () => {
    for (let n = 0; n < 5; n += 1) await accounts.createUser('MEMBER');
    const filter = { collection: 'users' };
    const whole = (await log(everyone, { filter, first: 200 })).nodes.map(({ seq }) => seq);
    const first = await log(everyone, { filter, first: 2 });
    const next = await log(everyone, { filter, first: 2, after: first.pageInfo.endCursor });
    expect([...first.nodes, ...next.nodes].map(({ seq }) => seq)).toEqual(whole.slice(0, 4));
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, endCursor: first.edges[1]!.cursor });
    const back = await log(everyone, { filter, last: 1, before: next.pageInfo.startCursor });
    expect(back.nodes.map(({ seq }) => seq)).toEqual([whole[1]]);
    const last = await log(everyone, { filter, last: 2 });
    expect(last.nodes.map(({ seq }) => seq)).toEqual(whole.slice(-2));
    const error = await graph.refused(LOG, { direction: 'ASC', after: first.pageInfo.endCursor });
    expect(codeOf(error)).toBe('INVALID_CURSOR');
  });

  it('is exported as CSV in parts that make one file, which is noted with who did it', async () => {
    await accounts.createUser('MEMBER', { name: '=HYPERLINK("http://x")' });
    const { store } = graph.factory.catalog;
    const filter = { collection: 'users' };
    const parts: string[] = [];
    for (let after: string | null = null, hasNextPage = true; hasNextPage; ) {
      const part: Csv = await as(principalWith(['audit:read'])).ask(CSV, { filter, first: 3, after });
      parts.push(part.auditLogCsv.text);
      ({ hasNextPage, endCursor: after } = part.auditLogCsv);
    }
    const whole = (await as(everyone).ask<Csv>(CSV, { filter })).auditLogCsv.text;
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.join('')).toBe(whole);
    expect(whole.match(/^"seq","at"/gm)).toHaveLength(1);
    await graph.services.audit.flush();
    // Everybody, while there are no users, is nobody in particular.
    const events = await store.scan(securityEvents, null, 10);
    const own = events.filter(({ detail }) => detail === 'audit');
    expect(own).toMatchObject([{ kind: 'EXPORT', actor: 'usr_made_up', projectId: '' }]);
    const { nodes } = await log(everyone, { filter: { actor: 'usr_made_up', collection: 'securityEvents' } });
    expect(nodes[0]!.summary).toMatch(/^\d+ exports? within an hour: audit$/);
  });

  it('has exports of conversations, once for an hour', async () => {
    const { id } = await as(everyone).project();
    const { session } = await graph.write<{ session: { id: string } }>(
      'createSession',
      { projectId: id, key: 'a' },
      'session { id }',
    );
    const reader = { ...principalWith([], [[id, LEVEL.MANAGE]]), actor: 'usr_reader' };
    for (let n = 0; n < 3; n += 1) {
      await as(reader).ask('query ($id: ID!) { session(id: $id) { export { text } } }', { id: session.id });
    }
    await graph.services.audit.flush();
    const { nodes } = await log(reader, { filter: { projectId: id, collection: 'securityEvents' } });
    expect(nodes.map(({ summary, actor }) => [summary, actor])).toEqual([
      [`3 exports of ${id} within an hour: session`, 'usr_reader'],
    ]);
  });

  it('has purges, without what was purged, and names from before there were users as they were', async () => {
    const claimed = newId('user', CATALOG_KEY);
    const { id } = await as(everyone, `${claimed} claude`).project();
    const { task } = await graph.write<{ task: { id: string } }>(
      'createTask',
      { projectId: id, title: CANARY },
      'task { id }',
    );
    const deleted = await graph.write<{ task: { version: number } }>(
      'deleteTask',
      { id: task.id, version: 1 },
      'task { version }',
    );
    const { token } = await graph.write<{ token: string }>('requestPurge', { id: task.id }, 'token');
    await graph.write('purgeTask', { id: task.id, version: deleted.task.version, token }, 'task { id }');
    const { nodes } = await log(everyone, { filter: { recordId: task.id } });
    expect(nodes.map(({ operation, changes }) => [operation, changes])).toEqual([
      ['PURGE', null],
      ['DELETE', null],
      ['CREATE', null],
    ]);
    await accounts.createUser('OWNER', { id: claimed, createdAt: new Date(Date.now() + 1_000).toISOString() });
    const { nodes: again } = await log(everyone, { filter: { actor: claimed, recordId: task.id } });
    expect(again).toHaveLength(3);
    const client = `${claimed} claude`;
    for (const node of again) expect(node).toMatchObject({ actor: client, actorKind: 'OTHER', actorId: null, client });
  });
});
