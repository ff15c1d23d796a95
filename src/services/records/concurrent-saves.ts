/** How many saves of memories this process has in flight in each project. */
export interface ConcurrentSaves {
  /** Runs a save to a project. */
  during<T>(projectKey: string, save: () => Promise<T>): Promise<T>;
  /** Whether more than one is in flight. Those that overlap have no order among each other. */
  areMany(projectKey: string): boolean;
}

export function createConcurrentSaves(): ConcurrentSaves {
  const inFlight = new Map<string, number>();

  function add(projectKey: string, change: 1 | -1): void {
    const count = (inFlight.get(projectKey) ?? 0) + change;
    if (count === 0) inFlight.delete(projectKey);
    else inFlight.set(projectKey, count);
  }

  return {
    async during(projectKey, save) {
      add(projectKey, 1);
      try {
        return await save();
      } finally {
        add(projectKey, -1);
      }
    },
    areMany: (projectKey) => (inFlight.get(projectKey) ?? 0) > 1,
  };
}
