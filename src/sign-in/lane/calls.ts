import type { RowStore } from '../../services/sign-in/rows.js';
import type { WebRequest, WebResponse } from '../contract.js';
import type { LibrarySettings } from '../library-settings.js';
import type { Calls } from './peer.js';

/** What the thread asks of the server. */
export interface ServerCalls extends Calls {
  readonly get: RowStore['get'];
  readonly list: RowStore['list'];
  readonly commit: RowStore['commit'];
  readonly hashPassword: (password: string) => Promise<string>;
  readonly verifyPassword: (hash: string, password: string) => Promise<boolean>;
  readonly log: (level: 'debug' | 'info' | 'warn' | 'error', message: string) => void;
}

/** What the server asks of the thread. */
export interface LibraryCalls extends Calls {
  readonly answer: (request: WebRequest) => Promise<WebResponse>;
}

/** What the thread starts with. */
export type LaneData = LibrarySettings;
