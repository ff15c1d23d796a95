import { AsyncLocalStorage } from 'node:async_hooks';
import { withChoices } from '../adapter/consent-choices.js';
import type { Rows } from '../adapter/model.js';
import { withOwnResources } from '../adapter/own-resources.js';
import type { ConsentChoice, WebRequest, WebResponse } from '../contract.js';
import { CLIENT_HEADER, createLibrary } from '../library.js';
import type { LibraryNetwork } from '../network.js';
import type { LaneData, ServerCalls } from './calls.js';

/** What is known of the request that is being answered. */
interface Current {
  readonly requestId: string;
  userId: string | null;
  readonly choice: ConsentChoice | null;
}

/** Answers requests by the library. @param server what it asks of the server, wherever that is */
export function createAnswers(
  data: LaneData,
  server: { readonly [Name in keyof ServerCalls]: (...args: Parameters<ServerCalls[Name]>) => Promise<Answer<Name>> },
  network?: LibraryNetwork,
): (request: WebRequest) => Promise<WebResponse> {
  const current = new AsyncLocalStorage<Current>();
  const rows: Rows = {
    get: server.get,
    list: server.list,
    commit: (changes) => server.commit(changes, current.getStore() ?? { requestId: 'sign-in', userId: null }),
  };
  const library = createLibrary(data, {
    rows: withChoices(withOwnResources(rows), () => current.getStore()?.choice ?? null),
    hashPassword: server.hashPassword,
    verifyPassword: server.verifyPassword,
    log: (level, message) => void server.log(level, message),
    onUser: (userId) => {
      const request = current.getStore();
      if (request) request.userId = userId;
    },
    network,
  });

  return ({ method, origin, path, headers, body, address, requestId, choice = null }) =>
    current.run({ requestId, userId: choice?.userId ?? null, choice }, async () => {
      const request = new Request(`${origin}${path}`, {
        method,
        headers: { ...headers, [CLIENT_HEADER]: address },
        ...(body === null ? {} : { body }),
      });
      const response = await library.answer(origin, request);
      return { status: response.status, headers: [...response.headers], body: await response.text() };
    });
}

type Answer<Name extends keyof ServerCalls> = Awaited<ReturnType<ServerCalls[Name]>>;
