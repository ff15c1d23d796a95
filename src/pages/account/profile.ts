import { html } from '../kit/html.js';
import { mutate } from '../kit/outcome.js';
import type { Section } from './section.js';

interface Own {
  readonly viewer: {
    readonly user: { readonly name: string; readonly email: string | null; readonly hasPassword: boolean | null };
  };
}

/** Name and e-mail. */
export const profileSection: Section = {
  id: 'profile',
  title: 'Profile',
  async show(visit) {
    const { user } = (await visit.ask<Own>('{ viewer { user { name email hasPassword } } }')).viewer;
    return html`<form method="post" action="/account">
<label for="name">Name</label>
<input id="name" name="name" type="text" autocomplete="name" required maxlength="120" value="${user.name}">
<label for="email">E-mail</label>
<input id="email" name="email" type="email" autocomplete="email" maxlength="320" value="${user.email}" aria-describedby="email-hint">
<p class="hint" id="email-hint">Without one, you don’t sign in with a password.</p>
${
  user.hasPassword &&
  html`<label for="profile-password">Your password</label>
<input id="profile-password" name="currentPassword" type="password" autocomplete="current-password" aria-describedby="profile-password-hint">
<p class="hint" id="profile-password-hint">Only to change the e-mail.</p>`
}
<button type="submit" name="action" value="profile.save">Save</button>
</form>`;
  },
  actions: {
    async save(visit) {
      const { form } = visit;
      const currentPassword = form.get('currentPassword') || undefined;
      const input = { name: form.get('name') ?? '', email: form.get('email') ?? '', currentPassword };
      const { problem } = await mutate(visit, 'updateProfile', input, 'user { id }');
      return problem === null ? { done: 'Your profile is saved.' } : { problem };
    },
  },
};
