import { findAgents } from './agents.js';
import type { BoardService } from './contract.js';
import { countReady, listReady } from './ready-tasks.js';

export function createBoardService(now: () => number): BoardService {
  const time = () => new Date(now()).toISOString();
  return {
    listReady: (repositories, query) => listReady(repositories, query, time()),
    countReady: (repositories, query) => countReady(repositories, query, time()),
    counts: ({ search }) => {
      const at = time();
      return search.graph((graph) => graph.board(at));
    },
    agents: findAgents,
  };
}
