import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { homesIn } from '../../../src/modes/data-directory.js';
import { author, type Graph, prepare, startGraph } from '../support.js';
import { makeHarbour } from './harbour.js';
import { holding, ROLES } from './principals.js';
import type { Ids } from './root-fields.js';

/** In the contents of the project; its name is another. */
const CONTENTS = 'contents';

let graph: Graph;
let ids: Ids;
prepare(async () => {
  graph = await startGraph({ shared: true });
  ids = await makeHarbour(graph, CONTENTS);
  await rename('Harbour');
});

async function rename(name: string): Promise<void> {
  const { version } = await graph.services.projects.restore(author, { id: ids.project });
  await graph.services.projects.update(author, { id: ids.project, version, name });
}

const operator = () => graph.as(ROLES.OPERATOR);

describe('who sees a project without reading it', () => {
  it('knows its name, its mode, its moves, its usage and how its index is', async () => {
    const { node } = await operator().ask<{ node: object }>(
      `{ node(id: "${ids.project}") { ... on Project {
        name storageMode usage { day } migration { id phase } searchIndex { stored }
      } } }`,
    );
    const seen = { name: 'Harbour', storageMode: 'LOCAL', usage: [], migration: { id: ids.migration } };
    expect(node).toMatchObject({ ...seen, searchIndex: { stored: 1 } });
  });

  it('gets its record without what was put into it', async () => {
    const fields =
      'name description path githubRepo customInstructions techStack settings externalId redactions { count }';
    const answer = await operator().ask<{ projects: { nodes: object[] } }>(`{ projects { nodes { ${fields} } } }`);
    expect(answer.projects.nodes).toEqual([
      {
        ...{ name: 'Harbour', description: '', path: null, githubRepo: null, customInstructions: '', techStack: [] },
        ...{ settings: {}, externalId: null, redactions: [] },
      },
    ]);
  });

  it.each([
    'tasks { totalCount }',
    'memories { totalCount }',
    'sessions { totalCount }',
    'states { totalCount }',
    'state(key: "x") { id }',
    'readyTasks { totalCount }',
    'agents { name }',
    'log { nodes { seq } }',
    'history { nodes { after } }',
    'cursor',
    'memoryContext(query: "x") { text }',
    'searchMemories(query: "x") { pending }',
    'searchTasks(query: "x") { hits { score } }',
  ])('is refused what is in it: %s', async (field) => {
    const { data, errors } = await operator().run(`{ node(id: "${ids.project}") { ... on Project { ${field} } } }`);
    expect(errors?.[0]?.originalError).toMatchObject({ code: 'FORBIDDEN', missing: { level: 'READ' } });
    expect(JSON.stringify(data)).not.toContain(CONTENTS);
  });

  it('is refused what is in it by its id', async () => {
    const { originalError } = await operator().refused(`{ node(id: "${ids.memory}") { id } }`);
    expect(originalError).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('finds nothing by its contents', async () => {
    const found = await operator().ask(`{
      byText: projects(filter: { text: "${CONTENTS}" }) { totalCount nodes { id } }
      byPath: project(by: { path: "/srv/${CONTENTS}" }) { id }
    }`);
    expect(found).toEqual({ byText: { totalCount: 0, nodes: [] }, byPath: null });
  });

  it('follows its changes without what it was before or after', async () => {
    const text = 'subscription { projectListChanges { entry { recordId before after } record { name description } } }';
    const stream = await operator().follow<unknown>(text);
    await rename('Quay');
    const { value } = await stream.next();
    await stream.return();
    expect(value).toEqual({
      data: {
        projectListChanges: {
          entry: { recordId: ids.project, before: null, after: null },
          record: { name: 'Quay', description: '' },
        },
      },
    });
  });

  it('gets a token to finalize a move only with the right to do it', async () => {
    const text = `{ migration(id: "${ids.migration}") { finalization { token } } }`;
    expect(await operator().ask(text)).toEqual({ migration: { finalization: null } });
  });

  it('attaches a project without reading it', async () => {
    const elsewhere = await startGraph();
    const { id } = await elsewhere.project({ name: 'Quay', storageMode: 'LOCAL', customInstructions: CONTENTS });
    await elsewhere.factory.closeIdle(0);
    await cp(join(homesIn(elsewhere.folder), id), join(homesIn(graph.folder), id), { recursive: true });
    const answer = await graph
      .as(holding('storage:administer'))
      .write(
        'attachProject',
        { mode: 'LOCAL', projectId: id },
        'project { id name viewerLevel customInstructions path settings }',
      );
    const { project } = answer as { project: object };
    expect(project).toEqual({
      ...{ id, name: 'Quay', viewerLevel: null, customInstructions: '', path: null, settings: {} },
    });
  });
});
