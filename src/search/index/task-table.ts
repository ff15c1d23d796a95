import { HANDLE_LENGTH, HANDLE_START } from '../../domain/id.js';
import type { AgentCounts, ReadyPlace, ReadyQuery, TaskCounts, TaskGraph } from '../task-graph.js';
import { taskFilter } from '../text/filters.js';
import type { IndexFile } from './index-file.js';
import type { TaskNode } from './index-record.js';

/** Keeps the edges with the rows. `records.blockers` counts the open live tasks that a task depends on. */
export interface TaskEdges {
  /** Writes the edges of a task whose row has just been written. `wasOpen`: null for a new row. */
  put(rowid: number, id: string, node: TaskNode, isOpen: boolean, wasOpen: boolean | null): void;
  /** Called before the row of an open task is removed. */
  removeOpen(id: string): void;
}

/** The conditions of `records_ready`, word for word, so that SQLite uses that index. */
const OPEN = `r.collection = 'tasks' AND r.blockers = 0 AND r.status NOT IN ('DONE', 'BLOCKED')`;
/**
 * Ready tasks by their claims: there is none, it has expired, or the agent's own is valid. Each has an index, so valid claims
 * of others, however many, cost nothing.
 */
const READY = [
  `records r INDEXED BY records_ready WHERE ${OPEN} AND r.claim_until IS NULL`,
  `records r INDEXED BY records_claim WHERE ${OPEN} AND r.claim_until <= @now`,
  `records r INDEXED BY records_holder WHERE ${OPEN} AND r.holder = @agent AND r.claim_until > @now`,
];
const HANDLE = `substr(r.id, ${HANDLE_START + 1}, ${HANDLE_LENGTH})`;

/** The tasks that an open one blocks. */
const BLOCKED = `FROM dependencies d CROSS JOIN records r ON r.rowid = d.task
  WHERE d.needs = ? AND EXISTS (SELECT 1 FROM records b WHERE b.id = d.needs AND b.status <> 'DONE')`;

export function createTaskEdges({ statement }: IndexFile): TaskEdges {
  /** Changes the number of blockers of all tasks that depend on one. */
  function block(id: string, by: 1 | -1): void {
    statement(
      'UPDATE records SET blockers = blockers + ? WHERE rowid IN (SELECT task FROM dependencies WHERE needs = ?)',
    ).run(by, id);
  }

  function put(rowid: number, id: string, node: TaskNode, isOpen: boolean, wasOpen: boolean | null): void {
    statement('DELETE FROM dependencies WHERE task = ?').run(rowid);
    for (const needs of node.needs) {
      statement('INSERT OR IGNORE INTO dependencies(task, needs) VALUES (?, ?)').run(rowid, needs);
    }
    statement(
      `UPDATE records SET parent = @parent, rank = @rank, created_at = @createdAt, holder = @holder, claim_until = @claimUntil,
         blockers = (SELECT count(*) FROM dependencies d CROSS JOIN records r ON r.id = d.needs
           WHERE d.task = @rowid AND r.status <> 'DONE') WHERE rowid = @rowid`,
    ).run({ ...node, needs: null, rowid });
    if (isOpen && wasOpen !== true) block(id, 1);
    else if (!isOpen && wasOpen === true) block(id, -1);
  }

  return { put, removeOpen: (id) => block(id, -1) };
}

export function createTaskGraph({ statement }: IndexFile): TaskGraph {
  function ready({ agent, now, filter, after, limit }: ReadyQuery): readonly ReadyPlace[] {
    const { where, params } = taskFilter(filter);
    const place = after ? ' AND (r.rank, r.created_at, r.id) > (@rank, @createdAt, @id)' : '';
    const parts = READY.map(
      (from) =>
        `SELECT * FROM (SELECT r.rank, r.created_at AS createdAt, r.id FROM ${from}${where}${place}
           ORDER BY r.rank, r.created_at, r.id LIMIT @limit)`,
    );
    return statement(`${parts.join(' UNION ALL ')} ORDER BY rank, createdAt, id LIMIT @limit`).all(
      ...READY.flatMap(() => params),
      { agent, now, limit, ...after },
    ) as ReadyPlace[];
  }

  function countReady({ agent, now, filter }: Pick<ReadyQuery, 'agent' | 'now' | 'filter'>): number {
    const { where, params } = taskFilter(filter);
    const parts = READY.map((from) => `(SELECT count(*) FROM ${from}${where})`);
    return statement(`SELECT ${parts.join(' + ')}`)
      .pluck()
      .get(...READY.flatMap(() => params), { agent, now }) as number;
  }

  function board(now: string): TaskCounts {
    const rows = statement(
      `SELECT r.status, count(*) AS count, sum(r.blockers > 0) AS blocked, sum(r.claim_until > @now) AS claimed,
         sum(r.claim_until <= @now) AS overdue FROM records r WHERE r.collection = 'tasks' GROUP BY r.status`,
    ).all({ now }) as {
      status: string;
      count: number;
      blocked: number;
      claimed: number | null;
      overdue: number | null;
    }[];
    const sum = (of: (row: (typeof rows)[number]) => number | null) =>
      rows.reduce((all, row) => all + (of(row) ?? 0), 0);
    const byAgent = statement(
      `SELECT agent, sum(assigned) AS assigned, sum(claimed) AS claimed, sum(overdue) AS overdue FROM (
         SELECT agent, count(*) AS assigned, 0 AS claimed, 0 AS overdue FROM records
           WHERE collection = 'tasks' AND agent IS NOT NULL AND status <> 'DONE' GROUP BY agent
         UNION ALL
         SELECT holder, 0, sum(claim_until > @now), sum(claim_until <= @now) FROM records WHERE holder IS NOT NULL GROUP BY holder
       ) GROUP BY agent ORDER BY agent`,
    ).all({ now }) as AgentCounts[];
    return {
      byStatus: new Map(rows.map(({ status, count }) => [status, count])),
      ready: countReady({ agent: null, now, filter: {} }),
      blocked: sum(({ status, blocked }) => (status === 'DONE' ? 0 : blocked)),
      claimed: sum(({ claimed }) => claimed),
      overdue: sum(({ overdue }) => overdue),
      byAgent,
    };
  }

  return {
    ready,
    countReady,
    open: (ids) => {
      const found = statement(
        `SELECT r.id FROM json_each(?) j CROSS JOIN records r ON r.id = j.value
           WHERE r.collection = 'tasks' AND r.status <> 'DONE'`,
      );
      return new Set(found.pluck().all(JSON.stringify(ids)) as string[]);
    },
    blockedBy: (id, afterId, limit) =>
      statement(`SELECT r.id ${BLOCKED} AND r.id > ? ORDER BY r.id LIMIT ?`)
        .pluck()
        .all(id, afterId ?? '', limit) as string[],
    countBlockedBy: (id) => statement(`SELECT count(*) ${BLOCKED}`).pluck().get(id) as number,
    progress: (ids) => {
      const rows = statement(
        `SELECT r.parent, count(*) AS total, sum(r.status = 'DONE') AS done FROM json_each(?) j
           CROSS JOIN records r ON r.parent = j.value GROUP BY r.parent`,
      ).all(JSON.stringify(ids)) as { parent: string; total: number; done: number }[];
      return new Map(rows.map(({ parent, total, done }) => [parent, { total, done }]));
    },
    withHandle: (handle) =>
      statement(`SELECT r.id FROM records r WHERE r.collection = 'tasks' AND ${HANDLE} = ? ORDER BY r.id LIMIT 20`)
        .pluck()
        .all(handle) as string[],
    claims: (limit) =>
      statement(
        `SELECT id, holder AS agent, claim_until AS expiresAt FROM records WHERE claim_until IS NOT NULL
           ORDER BY claim_until, id LIMIT ?`,
      ).all(limit) as { id: string; agent: string; expiresAt: string }[],
    nextExpiry: (now) =>
      statement('SELECT min(claim_until) FROM records WHERE claim_until > ?').pluck().get(now) as string | null,
    board,
  };
}
