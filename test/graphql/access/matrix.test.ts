import { isObjectType } from 'graphql/index.js';
import { describe, expect, it } from 'vitest';
import { LEVEL } from '../../../src/domain/access/level.js';
import { ALL_PERMISSIONS } from '../../../src/domain/access/permission.js';
import { schema } from '../../../src/graphql/schema.js';
import { everyone, type Graph, prepare, startGraph } from '../support.js';
import { answerTo, makeHarbour } from './harbour.js';
import { holding, principalWith, ROLES, sharing } from './principals.js';
import { CALLERS, type Ids, RIGHTS, ROWS } from './root-fields.js';

let graph: Graph;
let ids: Ids;
let other: Ids;
prepare(async () => {
  graph = await startGraph({ shared: true });
  ids = await makeHarbour(graph, 'ours');
  other = await makeHarbour(graph, 'theirs');
});

function principalOf(caller: (typeof CALLERS)[number]) {
  if (caller === 'LOCAL') return everyone;
  if (caller === 'MANAGE of another') return sharing(other.project, 'MANAGE');
  // A key that is limited to projects may have permissions all the same.
  if (caller === 'all permissions, for another')
    return principalWith({ permissions: ALL_PERMISSIONS, in: { [other.project]: LEVEL.MANAGE } });
  if (caller in ROLES) return ROLES[caller as keyof typeof ROLES];
  return caller.includes(':') ? holding(caller as 'users:administer') : sharing(ids.project, caller as 'READ');
}

/** `+`, `F` or `0`, as in the table. */
function symbolOf(answer: Record<string, unknown> | null): string {
  if (answer === null) return '0';
  if (answer.code === 'FORBIDDEN') return 'F';
  return answer.code === 'NOT_FOUND' && String(answer.recordId).includes('_') ? '0' : '+';
}

describe('who may use', () => {
  it.each(ROWS)('$name ($rights)', async (row) => {
    const got: Record<string, string> = {};
    for (const caller of CALLERS) got[caller] = symbolOf(await answerTo(graph.as(principalOf(caller)), row, ids));
    const symbols = RIGHTS[row.rights].replaceAll(' ', '');
    expect(got).toEqual(Object.fromEntries(CALLERS.map((caller, index) => [caller, symbols[index]])));
  });
});

const ROOTS = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].filter(isObjectType);
const FIELDS = ROOTS.flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })));

describe('every root field', () => {
  it.each(FIELDS.map(({ type, field }) => `${type.name}.${field.name}`))('%s has a row in the table', (name) => {
    expect(ROWS.map((row) => row.name.split(' ')[0])).toContain(name);
  });

  it.each(FIELDS)('$type.$field.name says what it takes', ({ field }) => {
    const { pothosOptions } = field.extensions as { pothosOptions: { authScopes?: unknown } };
    expect(pothosOptions.authScopes).toBeDefined();
  });
});

describe('what is missing', () => {
  it('is named by a mutation, in the error that it returns', async () => {
    const forbidden = await graph
      .as(sharing(ids.project, 'READ'))
      .mutate('updateTask', { id: ids.task, version: 1 }, 'task { id }');
    expect(forbidden).toMatchObject({ __typename: 'ForbiddenError', level: 'WRITE', projectId: ids.project });
    expect(forbidden).toHaveProperty('message', expect.stringContaining(`WRITE access to the project of ${ids.task}`));
  });

  it('is named by a query, in the errors of its answer', async () => {
    const { originalError } = await graph.as(ROLES.MEMBER).refused('{ storageConfig { modes { mode } } }');
    expect(originalError).toMatchObject({ code: 'FORBIDDEN', missing: { permission: 'storage:administer' } });
  });
});
