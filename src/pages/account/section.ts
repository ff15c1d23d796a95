import type { PageVisit } from '../contract.js';
import type { Html } from '../kit/html.js';

/** A part of the page on which people see what is theirs, and change it. */
export interface Section {
  /** In the address, after `#`; and before the dot in the names of its actions. */
  readonly id: string;
  readonly title: string;
  /** What it shows; null: there is nothing to show here, such as at an address that can't have passkeys. */
  show(visit: PageVisit): Promise<Html | null>;
  /** What its forms do. A form posts to `/account`, with `action` = `<id>.<name>`. */
  readonly actions: Readonly<Record<string, (visit: PageVisit) => Promise<ActionResult>>>;
  /** Of the server's own scripts, those that it needs. */
  readonly scripts?: readonly string[];
}

/** What came of an action. */
export type ActionResult =
  /** The page is shown again, with this sentence. */
  | { readonly done: string; readonly cookies?: readonly string[] }
  /** It wasn't done, and why. */
  | { readonly problem: string; readonly cookies?: readonly string[] }
  /** Something that is shown this one time, such as a key. */
  | { readonly once: Html; readonly cookies?: readonly string[] }
  | { readonly redirect: string; readonly cookies?: readonly string[] };
