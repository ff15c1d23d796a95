import { expect, it } from 'vitest';
import { startGraph } from './support.js';

it('a project is found by any spelling of its folder, and its history names the path alone', async () => {
  const graph = await startGraph();
  const { id, version } = await graph.project({ path: 'C:\\Work\\App' });
  await graph.write('updateProject', { id, version, path: 'C:\\Work\\Other' }, 'project { id }');
  const query =
    'query ($path: String!) { project(by: { path: $path }) { id path history { nodes { changedFields } } } }';
  expect(await graph.ask(query, { path: '\\\\?\\c:/work/OTHER/' })).toEqual({
    project: {
      ...{ id, path: 'C:\\Work\\Other' },
      history: { nodes: [{ changedFields: ['path'] }, { changedFields: null }] },
    },
  });
  expect(await graph.ask(query, { path: 'C:\\Work\\App' })).toEqual({ project: null });
  expect(await graph.mutate('createProject', { name: 'Two', path: 'c:/work/other' }, 'project { id }')).toMatchObject({
    __typename: 'AlreadyExistsError',
    message: `The path's folder belongs to the project ${id}.`,
  });
});
