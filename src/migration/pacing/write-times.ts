/** How long the writes of this process to projects take, without the waits of pacing. */
export interface WriteTimes {
  /** Runs a write to a project and measures it; null: to no project. @throws what the write throws */
  of<T>(projectId: string | null, write: () => Promise<T>): Promise<T>;
  /** The mean of the last writes, in ms; null without any. */
  usual(projectId: string): number | null;
  /**
   * The mean, in ms, of the writes that ended after a time and of those still running that started before it, as far as they
   * have taken by now; null without any.
   */
  since(projectId: string, at: number): number | null;
}

interface Ended {
  readonly at: number;
  readonly ms: number;
}

/** How many of each project's last writes are kept. */
const KEPT = 32;
/** How many projects' times are kept: those written to last. */
const PROJECTS = 1_000;

/** @param clock returns milliseconds */
export function createWriteTimes(clock: () => number): WriteTimes {
  const ended = new Map<string, Ended[]>();
  const underWay = new Map<string, Set<{ readonly from: number }>>();

  function keep(projectId: string, from: number): void {
    const at = clock();
    const known = ended.get(projectId) ?? [];
    known.push({ at, ms: at - from });
    if (known.length > KEPT) known.shift();
    // The project written to last comes last.
    ended.delete(projectId);
    ended.set(projectId, known);
    if (ended.size > PROJECTS) ended.delete(ended.keys().next().value!);
  }

  return {
    async of(projectId, write) {
      if (projectId === null) return write();
      const begun = { from: clock() };
      const all = underWay.get(projectId) ?? new Set();
      underWay.set(projectId, all.add(begun));
      try {
        const done = await write();
        keep(projectId, begun.from);
        return done;
      } finally {
        all.delete(begun);
        if (all.size === 0) underWay.delete(projectId);
      }
    },
    usual: (projectId) => mean((ended.get(projectId) ?? []).map(({ ms }) => ms)),
    since(projectId, from) {
      const now = clock();
      const recent = (ended.get(projectId) ?? []).filter(({ at }) => at > from).map(({ ms }) => ms);
      const stuck = [...(underWay.get(projectId) ?? [])]
        .filter((each) => each.from < from)
        .map((each) => now - each.from);
      return mean([...recent, ...stuck]);
    },
  };
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
