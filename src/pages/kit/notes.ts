import { type Html, html } from './html.js';

/** Says what went wrong, as the first thing that a reader of screens hears. */
export const problemNote = (text: string | null): Html | null =>
  text === null ? null : html`<p role="alert" class="problem">${text}</p>`;

/** Says what was done. */
export const doneNote = (text: string): Html => html`<p role="status" class="done">${text}</p>`;
