import { expect, it } from 'vitest';
import { LEVEL } from '../../../src/domain/access/level.js';
import type { Principal } from '../../../src/domain/access/principal.js';
import { CATALOG_KEY, createIdGenerator, parseCatalogId, parseId } from '../../../src/domain/id.js';
import { accountsIn } from '../../support/accounts.js';
import { amount } from '../../support/extent.js';
import { randomOf } from '../../support/workload/writer.js';
import { type Graph, prepare, startGraph } from '../support.js';
import { makeHarbour } from './harbour.js';
import { principalWith } from './principals.js';
import { createRandomOperations } from './random-operations.js';
import type { Ids } from './root-fields.js';

const SEED = 21;
/** In everything of others; and in its place while they aren't there. */
// As long as each other: a password of one would be too short where that of the other isn't.
const [THEIRS, NOBODYS] = ['theirs_', 'nobodys'];
const WORDS = ['ours', NOBODYS, `/srv/${NOBODYS}`, `talk ${NOBODYS}`, `Harbour ${NOBODYS}`, `${NOBODYS}@example.com`];

let graph: Graph;
let ours: Ids;
let callers: Readonly<Record<string, Principal>>;
prepare(async () => {
  graph = await startGraph({ shared: true });
  ours = await makeHarbour(graph, 'ours');
  await graph.settled(ours.project);
  const accounts = accountsIn(graph.factory.catalog.store);
  const { id: userId } = await accounts.createUser('MEMBER', { name: 'us' });
  const { key } = await accounts.createKey({ id: userId }, { projectIds: [ours.project] });
  const sharing = (level: keyof typeof LEVEL) => principalWith({ userId, in: { [ours.project]: LEVEL[level] } });
  callers = {
    nothing: principalWith({ userId, permissions: ['projects:create'] }),
    READ: sharing('READ'),
    WRITE: sharing('WRITE'),
    MANAGE: sharing('MANAGE'),
    'a key': principalWith({ userId, keyId: key.id, in: { [ours.project]: LEVEL.MANAGE } }),
  };
});

/** Ids of the same kinds, in a project and a catalog that don't have them. */
function idsOfNobody(): Ids {
  const newId = createIdGenerator();
  const another = (id: string) => {
    const kind = parseId(id)?.kind;
    return kind ? newId(kind, 'zzzzzzzz') : newId(parseCatalogId(id)!, CATALOG_KEY);
  };
  return Object.fromEntries(Object.entries(ours).map(([name, id]) => [name, another(id)])) as unknown as Ids;
}

/** What has the ids and the words of one, with those of the other. */
function renamed(text: string, from: readonly [Ids, string], to: readonly [Ids, string]): string {
  const names = Object.keys(ours) as (keyof Ids)[];
  return names.reduce((said, name) => said.replaceAll(from[0][name], to[0][name]), text.replaceAll(from[1], to[1]));
}

async function answer(caller: string, text: string): Promise<string> {
  return JSON.stringify(await graph.as(callers[caller]!).run(text), (key, value: unknown) =>
    key === 'locations' ? undefined : value,
  );
}

it('nobody is told more than if the project of others, and its people and keys, had never been', async () => {
  const nobody = [idsOfNobody(), NOBODYS] as const;
  const ids = [...Object.values(ours), ...Object.values(nobody[0]), ...Object.values(nobody[0])] as string[];
  const operations = createRandomOperations({ random: randomOf(SEED), ids, words: WORDS });
  const make = (text: () => string, count: number) =>
    Array.from({ length: count }, () => ({ caller: operations.pick(Object.keys(callers)), text: text() }));

  const queries = make(operations.query, amount({ quick: 150, all: 3_000 }));
  const before: string[] = [];
  for (const { caller, text } of queries) before.push(await answer(caller, text));

  const others = [await makeHarbour(graph, THEIRS), THEIRS] as const;
  const accounts = accountsIn(graph.factory.catalog.store);
  const boss = await accounts.createUser('OWNER', { email: `${THEIRS}@example.com`, externalId: THEIRS });
  await accounts.createKey(boss, { externalId: THEIRS });
  for (const [index, { caller, text }] of queries.entries()) {
    const now = renamed(await answer(caller, renamed(text, nobody, others)), others, nobody);
    expect(now, `${caller}: ${text}`).toBe(before[index]);
  }

  for (const { caller, text } of make(operations.mutation, amount({ quick: 700, all: 10_000 }))) {
    const ofNothing = await answer(caller, text);
    // What was done can't be done again, and what one caller made by that exists for the others.
    if (/Payload"|"existingId":"|"CONFLICT"|can't be used/.test(ofNothing)) continue;
    const ofOthers = renamed(await answer(caller, renamed(text, nobody, others)), others, nobody);
    expect(ofOthers, `${caller}: ${text}`).toBe(ofNothing);
  }
});
