/** Conditions on tasks; what is left out restricts nothing. */
export interface TaskSearchFilter {
  readonly statuses?: readonly string[] | undefined;
  readonly priorities?: readonly string[] | undefined;
  readonly types?: readonly string[] | undefined;
  readonly assignedAgent?: string | null | undefined;
  readonly parentId?: string | null | undefined;
  /** ISO times: from `after` on, and before `before`. */
  readonly createdAt?: { readonly after?: string | undefined; readonly before?: string | undefined } | undefined;
}

/** The live tasks as a graph: what each depends on, what is ready, who holds what. A task is open unless it is `DONE`. */
export interface TaskGraph {
  /** Ready tasks in their order, from after a place. */
  ready(query: ReadyQuery): readonly ReadyPlace[];
  countReady(query: Pick<ReadyQuery, 'agent' | 'now' | 'filter'>): number;
  /** Those of these tasks that are open. */
  open(ids: readonly string[]): ReadonlySet<string>;
  /** The live tasks that an open task blocks, in the order of their ids. */
  blockedBy(id: string, afterId: string | null, limit: number): readonly string[];
  countBlockedBy(id: string): number;
  /** Of each of these tasks that has live subtasks: how many, and how many of them are done. */
  progress(ids: readonly string[]): ReadonlyMap<string, { readonly total: number; readonly done: number }>;
  /** The live tasks with a handle. */
  withHandle(handle: string): readonly string[];
  /** The tasks that are claimed, expired claims included, those that expire first before others. */
  claims(limit: number): readonly { readonly id: string; readonly agent: string; readonly expiresAt: string }[];
  /** When the next claim expires after a time; null when none does. */
  nextExpiry(now: string): string | null;
  board(now: string): TaskCounts;
}

/** A place in the order of ready tasks: the most urgent first, then the oldest. */
export interface ReadyPlace {
  /** 0 for the most urgent. */
  readonly rank: number;
  readonly createdAt: string;
  readonly id: string;
}

export interface ReadyQuery {
  /** Tasks claimed by this agent are ready for it; null: by nobody. */
  readonly agent: string | null;
  /** ISO time: claims that expired before it don't count. */
  readonly now: string;
  readonly filter: TaskSearchFilter;
  readonly after: ReadyPlace | null;
  readonly limit: number;
}

export interface TaskCounts {
  readonly byStatus: ReadonlyMap<string, number>;
  readonly ready: number;
  readonly blocked: number;
  readonly claimed: number;
  readonly overdue: number;
  readonly byAgent: readonly AgentCounts[];
}

export interface AgentCounts {
  readonly agent: string;
  /** Open tasks assigned to it. */
  readonly assigned: number;
  readonly claimed: number;
  readonly overdue: number;
}
