import { html } from '../kit/html.js';
import { newPasswordField } from '../kit/new-password.js';
import { mutate } from '../kit/outcome.js';
import type { Section } from './section.js';

interface Own {
  readonly viewer: { readonly user: { readonly email: string | null; readonly hasPassword: boolean | null } };
}

/** Sets the password, or another. */
export const passwordSection: Section = {
  id: 'password',
  title: 'Password',
  async show(visit) {
    const { hasPassword, email } = (await visit.ask<Own>('{ viewer { user { email hasPassword } } }')).viewer.user;
    return html`<form method="post" action="/account">
<input type="hidden" name="username" autocomplete="username" value="${email}">
${
  hasPassword
    ? html`<label for="current">Password until now</label>
<input id="current" name="currentPassword" type="password" autocomplete="current-password" required>`
    : html`<p>You have none yet. You can set one within ten minutes after signing in.</p>`
}
${newPasswordField()}
<button type="submit" name="action" value="password.save">Set the password</button>
</form>
<p class="hint">Everywhere else that you are signed in, you are signed out then. API keys stay.</p>`;
  },
  actions: {
    async save(visit) {
      const { form } = visit;
      const currentPassword = form.get('currentPassword') || undefined;
      const input = { newPassword: form.get('newPassword') ?? '', currentPassword };
      const { problem } = await mutate(visit, 'setPassword', input, 'user { id }');
      return problem === null ? { done: 'Your password is set.' } : { problem };
    },
  },
};
