import type { ActionResult, Section } from '../account/section.js';
import type { PageVisit } from '../contract.js';
import { type Html, html } from '../kit/html.js';
import { hasPasskeys } from '../kit/origin.js';
import { dayOf } from '../kit/time.js';
import { PASSKEY_SCRIPT } from './script.js';

interface PasskeyRow {
  readonly id: string;
  readonly name?: string | null;
  readonly createdAt: string;
  readonly backedUp: boolean;
}

/** The user's passkeys. */
export const passkeysSection: Section = {
  id: 'passkeys',
  title: 'Passkeys',
  async show(visit) {
    if (!hasPasskeys(visit.origin))
      return html`<p class="hint">Browsers have passkeys for names only, and over HTTPS. Open this page by the server’s name.</p>`;
    const rows = await list(visit);
    return html`<p class="hint">With one you sign in by a finger, a face or the code of your device: no password, and no second factor.</p>
<ul class="list">${rows.map(shown)}</ul>
<form method="post" action="/account" data-passkey="add" hidden>
<p role="alert" class="problem" hidden></p>
<label for="passkey-name">Name of a new one</label>
<input id="passkey-name" name="name" type="text" maxlength="60" autocomplete="off">
<button type="submit">Add a passkey</button>
</form>`;
  },
  actions: {
    remove: (visit) => call(visit, '/passkey/delete-passkey', {}, 'The passkey is removed.'),
    rename: (visit) =>
      call(visit, '/passkey/update-passkey', { name: visit.form.get('name') ?? '' }, 'The passkey is renamed.'),
  },
  scripts: [PASSKEY_SCRIPT],
};

async function list(visit: PageVisit): Promise<readonly PasskeyRow[]> {
  const { json } = await visit.call('GET', '/passkey/list-user-passkeys');
  return Array.isArray(json) ? (json as PasskeyRow[]) : [];
}

async function call(visit: PageVisit, path: string, body: object, done: string): Promise<ActionResult> {
  const { status } = await visit.call('POST', path, { id: visit.form.get('id') ?? '', ...body });
  return status === 200 ? { done } : { problem: 'There is no such passkey of yours any more.' };
}

function shown({ id, name, createdAt, backedUp }: PasskeyRow): Html {
  const label = name || 'A passkey';
  return html`<li><strong>${label}</strong><br>
<span class="hint">added ${dayOf(createdAt)}, ${backedUp ? 'on all devices of your account with its maker' : 'on one device only'}</span>
<form method="post" action="/account"><input type="hidden" name="id" value="${id}">
<button type="submit" class="danger" name="action" value="passkeys.remove" aria-label="Remove ${label}">Remove</button></form></li>`;
}
