import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import type { TypedDocumentString } from './gql/graphql.js';

/** A client of the API in a few lines: what goes in and what comes out is typed by the operation. */

const server = process.env.MOORING_URL ?? 'http://127.0.0.1:4000';

/** Runs a query or a mutation; throws when the request failed. */
export async function run<R, V>(operation: TypedDocumentString<R, V>, variables: V): Promise<R> {
  const response = await fetch(`${server}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'mooring-actor': 'tour' },
    body: JSON.stringify({ query: operation.toString(), variables }),
  }).catch(() => {
    throw new Error(
      `No server answers at ${server}: start one with \`npm start\`, or say where it is with MOORING_URL.`,
    );
  });
  const answer = (await response.json()) as { data: R; errors?: readonly { message: string }[] };
  if (answer.errors) throw new Error(answer.errors.map(({ message }) => message).join('\n'));
  return answer.data;
}

/** Follows a subscription over WebSocket. Leaving the loop ends it. */
export async function* follow<R, V>(operation: TypedDocumentString<R, V>, variables: V): AsyncGenerator<R> {
  const client = createClient({ url: `${server.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket });
  try {
    const results = client.iterate<R>({ query: operation.toString(), variables: variables as Record<string, unknown> });
    for await (const { data } of results) if (data) yield data;
  } finally {
    await client.dispose();
  }
}
