import { setTimeout as delay } from 'node:timers/promises';
import { type Client, createClient } from 'graphql-ws';
import WebSocket from 'ws';
import type { Api } from '../api.js';

/** A follower of a project's changes by a subscription, over each server in turn. */
export interface Follower {
  /** Numbers of the log entries it received, in the order received. */
  readonly seen: readonly number[];
  /** The server is reached here from now on. */
  moveTo(api: Api): void;
  /** Resolves when it has received this entry. */
  reached(seq: number): Promise<void>;
  stop(): Promise<void>;
}

export const socketTo = ({ url }: Pick<Api, 'url'>): Client =>
  createClient({ url: `${url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0 });

/** Follows a project from a cursor on, or from now. After a disconnect it resumes after the last change received. */
export async function followProject(first: Api, projectId: string, from?: string): Promise<Follower> {
  let api = first;
  let cursor = from ?? (await cursorOf(first, projectId));
  let isOver = false;
  let client: Client | null = null;
  const seen: number[] = [];
  const query = `subscription ($id: ID!, $after: String) { projectChanges(projectId: $id, after: $after) { cursor entry { seq } } }`;

  async function follow(): Promise<void> {
    while (!isOver) {
      client = socketTo(api);
      try {
        interface Answer extends Record<string, unknown> {
          readonly projectChanges: { readonly cursor: string; readonly entry: { readonly seq: number } };
        }
        for await (const { data } of client.iterate<Answer>({ query, variables: { id: projectId, after: cursor } })) {
          if (!data) break;
          cursor = data.projectChanges.cursor;
          seen.push(data.projectChanges.entry.seq);
        }
      } catch {
        // It is cut off: another server starts soon, or the test is over.
      }
      await client.dispose();
      await delay(20);
    }
  }

  const following = follow();
  return {
    seen,
    moveTo(next) {
      api = next;
      void client?.dispose();
    },
    async reached(seq) {
      while ((seen.at(-1) ?? 0) < seq && !isOver) await delay(10);
    },
    async stop() {
      isOver = true;
      void client?.dispose();
      await following;
    },
  };
}

/** The project's log position now. */
export async function cursorOf({ ask }: Api, id: string): Promise<string> {
  const query = 'query ($id: ID!) { project(by: { id: $id }) { cursor } }';
  return (await ask<{ project: { cursor: string } }>(query, { id })).project.cursor;
}

/** What is wrong with numbers that should count up by one; empty when they do. */
export function gapsIn(seen: readonly number[]): readonly string[] {
  return seen.flatMap((seq, n) => {
    const before = seen[n - 1];
    return before === undefined || seq === before + 1 ? [] : [`${seq} came after ${before}`];
  });
}
