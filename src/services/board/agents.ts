import { isServerActor } from '../../domain/author.js';
import type { LogHeader } from '../../domain/log-entry.js';
import type { Repositories } from '../../repositories/project-repositories.js';
import type { LogImage, Store } from '../../storage/store.js';
import type { ActiveAgent } from './contract.js';

/** How many changes are read back to see who is at work, and how many claims. */
export const RECENT_CHANGES = 1_000;
const MAX_CLAIMS = 1_000;

/** Who has claims, or wrote one of the last changes. */
export async function findAgents({ store, search }: Repositories): Promise<readonly ActiveAgent[]> {
  const actions = await findLastActions(store);
  const claims = new Map<string, ActiveAgent['claims'][number][]>();
  for (const { agent, id, expiresAt } of await search.graph((graph) => graph.claims(MAX_CLAIMS))) {
    claims.set(agent, [...(claims.get(agent) ?? []), { id, expiresAt }]);
  }
  return [...new Set([...actions.keys(), ...claims.keys()])].map((name) => {
    const action = actions.get(name);
    return {
      name,
      lastSeen: action?.at ?? null,
      lastAction: async () => (action ? readAction(store, action) : null),
      claims: claims.get(name) ?? [],
    };
  });
}

/** What each wrote last, the latest first. */
async function findLastActions({ log }: Store): Promise<ReadonlyMap<string, LogHeader>> {
  const actions = new Map<string, LogHeader>();
  for (const action of await log.listHeaders({ direction: 'DESC', limit: RECENT_CHANGES })) {
    const { actor } = action;
    if (!isServerActor(actor) && !actions.has(actor)) actions.set(actor, action);
  }
  return actions;
}

async function readAction({ log }: Store, { seq, recordId }: LogHeader): Promise<LogImage | null> {
  const { items } = await log.list({ recordId, direction: 'ASC', after: seq - 1, limit: 1 });
  return items.find(({ entry }) => entry.seq === seq) ?? null;
}
