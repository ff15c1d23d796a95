import { z } from 'zod';
import { snippet } from '../../util/text/plain.js';
import { graphql } from '../gql/gql.js';
import { withinBudget } from '../text/answer.js';
import { wholeRecord } from '../text/whole.js';
import { isWholeId } from './record-id.js';
import { defineTool } from './tool.js';

const GetRecords = graphql(`
  query GetRecords($ids: [ID!]!) {
    nodes(ids: $ids) { ...WholeRecord }
  }
`);

export const getRecords = defineTool({
  name: 'get_records',
  title: 'Read records whole',
  description:
    'Use when a line of search or a list is not enough: reads memories, tasks and sessions whole, by their ids.',
  isReading: true,
  isAlwaysLoaded: true,
  input: z.object({ ids: z.array(z.string()).min(1).max(20) }),
  run: async ({ ids }, call) => {
    const unique = [...new Set(ids.map((id) => id.trim().toLowerCase()))];
    const wanted = unique.filter(isWholeId);
    const { nodes } = wanted.length === 0 ? { nodes: [] } : await call.ask(GetRecords, { ids: wanted });
    const found = new Map(nodes.map((node, index) => [wanted[index], node]));
    const parts = unique.map((id) => {
      const node = found.get(id);
      if (node) return wholeRecord(node);
      return found.has(id)
        ? `${id} · not found: deleted for good, or never there`
        : `${snippet(id, 60)} · not an id: pass one as a line of search or list_tasks begins with`;
    });
    const next = (left: number) => `… left out for their length: get_records ${unique.slice(-left).join(', ')}`;
    return withinBudget(parts, next, { separator: '\n\n---\n\n' });
  },
});
