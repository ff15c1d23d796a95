import { MAX_PASSWORD, MIN_PASSWORD } from '../../domain/fields/password.js';
import { type Html, html } from './html.js';

/** The field for a new password. Password managers offer one by its `autocomplete`. */
export const newPasswordField = (): Html => html`<label for="newPassword">New password</label>
<input id="newPassword" name="newPassword" type="password" autocomplete="new-password" required minlength="${MIN_PASSWORD}" maxlength="${MAX_PASSWORD}" aria-describedby="newPassword-hint">
<p class="hint" id="newPassword-hint">${MIN_PASSWORD} characters or more: a few words will do.</p>`;
