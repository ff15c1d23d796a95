import { describe, expect, it } from 'vitest';
import { type Graph, prepare, startGraph } from '../support.js';

/** Texts of which each filter that is asked for finds some. */
const TEXTS = {
  anger: 'Viel ÄRGER mit Ärzten',
  angerApart: 'Viel A\u0308RGER wieder',
  plain: 'Viel Arger, kein Umlaut',
  street: 'Straße sperren',
  streetCapital: 'STRASSE öffnen',
  streetBig: 'GROẞE STRAẞE',
  sisyphus: 'Ο ΣΊΣΥΦΟΣ και ο σίσυφος',
  sisyphusApart: 'Σι\u0301συφος πάλι',
  cyrillic: 'ПРИВЕТ, Мир',
  istanbul: 'Ein Flug nach İSTANBUL',
  istanbulPlain: 'istanbul airport',
  diyarbakir: 'Diyarbakır DIYARBAKIR',
  office: 'The oﬃce of the ﬁnder',
  wide: 'ＦＵＬＬ Ｗｉｄｔｈ',
  kelvin: '300 K and 5 Å',
  space: 'non\u00a0breaking space…',
  hangul: '한국어 \u1112\u1161\u11ab\u1100\u116e\u11a8',
  emoji: 'Warning ⚠️ 🚀 done',
  signs: 'a.b*c[d]\\e^f$g(h)i{j}|k?l+m-n',
  percent: '100%_sure',
  vietnamese: 'Việt Nam VI\u0302\u0323T NAM',
} as const;

const ALIKE: readonly (readonly [wanted: string, found: readonly (keyof typeof TEXTS)[]])[] = [
  ['ärger', ['anger', 'angerApart']],
  ['A\u0308rger', ['anger', 'angerApart']],
  ['ÄRGER', ['anger', 'angerApart']],
  ['arger', ['plain']],
  ['rger', ['anger', 'angerApart', 'plain']],
  ['\u0308', []],
  ['straße', ['street', 'streetCapital', 'streetBig']],
  ['STRASSE', ['street', 'streetCapital', 'streetBig']],
  ['straẞe', ['street', 'streetCapital', 'streetBig']],
  ['ras', ['street', 'streetCapital', 'streetBig']],
  ['sse s', ['street', 'streetBig']],
  ['ΣΊΣΥΦΟΣ', ['sisyphus', 'sisyphusApart']],
  ['σίσυφος', ['sisyphus', 'sisyphusApart']],
  ['Σι\u0301συφοσ', ['sisyphus', 'sisyphusApart']],
  ['σισυφος', []],
  ['привет, МИР', ['cyrillic']],
  ['istanbul', ['istanbul', 'istanbulPlain']],
  ['İstanbul', ['istanbul', 'istanbulPlain']],
  ['ISTANBUL', ['istanbul', 'istanbulPlain']],
  ['ıstanbul', ['istanbul', 'istanbulPlain']],
  ['diyarbakir', ['diyarbakir']],
  ['DİYARBAKIR', ['diyarbakir']],
  ['office', ['office']],
  ['FINDER', ['office']],
  ['of\ufb01', ['office']],
  ['full width', ['wide']],
  ['ｆｕｌｌ', ['wide']],
  ['300 k', ['kelvin']],
  ['5 å', ['kelvin']],
  ['non breaking', ['space']],
  ['SPACE...', ['space']],
  ['한국', ['hangul']],
  ['\u1112\u1161\u11ab', ['hangul']],
  ['⚠️ 🚀', ['emoji']],
  ['🚀 D', ['emoji']],
  ['A.B*C[D]\\E^F$G(H)I{J}|K?L+M-N', ['signs']],
  ['.', ['signs', 'space']],
  ['%_S', ['percent']],
  ['việt nam vi\u0323\u0302t', ['vietnamese']],
  ['viet', []],
  ['nowhere', []],
];

interface Listed {
  readonly totalCount: number;
  readonly nodes: readonly { readonly title: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

let graph: Graph;
let projectId: string;
const keyOf = new Map<string, string>();

prepare(async () => {
  graph = await startGraph({ shared: true });
  projectId = (await graph.project()).id;
  // In the title of one and the description of another.
  const tasks = Object.entries(TEXTS).flatMap(([key, text], index) => {
    keyOf.set(text, key);
    keyOf.set(`task ${index}`, key);
    return [{ title: text }, { title: `task ${index}`, description: `…\n${text}\n` }];
  });
  await graph.write('createTasks', { projectId, tasks }, 'tasks { id }');
  await graph.indexed(projectId);
});

const keysOf = ({ nodes }: Pick<Listed, 'nodes'>) => nodes.map(({ title }) => keyOf.get(title));
const both = (keys: readonly string[]) => keys.flatMap((key) => [key, key]).sort();

async function list(args: string, variables: object): Promise<Listed> {
  const query = `query ($id: ID!, $text: String!, $after: String) { project(by: { id: $id }) {
    tasks(filter: { text: $text }, after: $after, ${args}) { totalCount nodes { title } pageInfo { hasNextPage endCursor } } } }`;
  return (await graph.ask<{ project: { tasks: Listed } }>(query, { id: projectId, ...variables })).project.tasks;
}

describe('a filter by text', () => {
  it.each(ALIKE)('%j finds the same texts in every store, whatever their case and composition', async (text, found) => {
    const { nodes, totalCount } = await list('first: 200', { text });
    // The dots of `…` are in every description.
    const inAll = text === '.' ? Object.keys(TEXTS) : [];
    const expected = both(found)
      .concat(inAll.filter((key) => !(found as readonly string[]).includes(key)))
      .sort();
    expect(keysOf({ nodes }).sort()).toEqual(expected);
    expect(totalCount).toBe(expected.length);
  });

  it('fills every page, whatever has to be scanned in between', async () => {
    const args = 'first: 1, orderBy: { field: CREATED_AT, direction: ASC }';
    const seen: unknown[] = [];
    let after: string | null = null;
    do {
      const page: Listed = await list(args, { text: 'straße', after });
      expect(page.nodes).toHaveLength(1);
      expect(page.totalCount).toBe(6);
      seen.push(...keysOf(page));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen.sort()).toEqual(both(['street', 'streetCapital', 'streetBig']));
  });

  it('is read from the end, and among deleted records', async () => {
    const { task } = await graph.write<{ task: { id: string; version: number } }>(
      'createTask',
      { projectId, title: 'GELÖSCHTE Größe' },
      'task { id version }',
    );
    await graph.write('deleteTask', { id: task.id, version: task.version }, 'task { id }');
    const text = 'gelo\u0308schte';
    expect(await list('last: 5', { text })).toMatchObject({ totalCount: 0, nodes: [] });
    for (const deleted of ['INCLUDE', 'ONLY'])
      expect(await list(`last: 5, deleted: ${deleted}`, { text })).toMatchObject({
        totalCount: 1,
        nodes: [{ title: 'GELÖSCHTE Größe' }],
      });
  });

  it('accepts a text of the maximum length', async () => {
    const long = 'Äß'.repeat(500);
    await graph.write('createTask', { projectId, title: 'long', description: `x${long}x` }, 'task { id }');
    await graph.write('createTask', { projectId, title: 'longer', description: `${long.slice(1)}x` }, 'task { id }');
    const { nodes, totalCount } = await list('first: 5', { text: `${'äß'.repeat(499)}äß` });
    expect({ nodes, totalCount }).toEqual({ nodes: [{ title: 'long' }], totalCount: 1 });
  });

  it('narrows a search in the same way', async () => {
    const query = `query ($id: ID!, $text: String!) { project(by: { id: $id }) {
      searchTasks(query: "viel", filter: { text: $text }) { hits { node { title } } } } }`;
    const titles = async (text: string) => {
      const { project } = await graph.ask<{
        project: { searchTasks: { hits: readonly { node: { title: string } }[] } };
      }>(query, { id: projectId, text });
      return project.searchTasks.hits.map(({ node }) => keyOf.get(node.title)).sort();
    };
    expect(await titles('ärger')).toEqual(both(['anger', 'angerApart']));
    expect(await titles('ARGER')).toEqual(both(['plain']));
  });

  it('finds projects by their names, descriptions and paths', async () => {
    await graph.project({ name: 'ÜBUNG macht den Meister', description: 'ΟΔΟΣ' });
    const count = async (text: string) =>
      (
        await graph.ask<{ projects: { totalCount: number } }>(
          'query ($text: String!) { projects(filter: { text: $text }) { totalCount } }',
          { text },
        )
      ).projects.totalCount;
    expect(await Promise.all(['übung', 'U\u0308BUNG', 'οδος', 'ubung'].map(count))).toEqual([1, 1, 1, 0]);
  });
});
