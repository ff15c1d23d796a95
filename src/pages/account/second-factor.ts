import { z } from 'zod';
import type { PageVisit } from '../contract.js';
import { type Html, html } from '../kit/html.js';
import type { ActionResult, Section } from './section.js';

interface Own {
  readonly viewer: {
    readonly user: { readonly hasPassword: boolean | null; readonly hasSecondFactor: boolean | null };
  };
}

/** A code of an app, besides the password. */
export const secondFactorSection: Section = {
  id: 'second-factor',
  title: 'Second factor',
  async show(visit) {
    const { hasPassword, hasSecondFactor } = (
      await visit.ask<Own>('{ viewer { user { hasPassword hasSecondFactor } } }')
    ).viewer.user;
    if (!hasPassword) return html`<p class="hint">It goes with a password, and you have none.</p>`;
    const password = html`<label for="factor-password">Your password</label>
<input id="factor-password" name="password" type="password" autocomplete="current-password" required>`;
    if (!hasSecondFactor) {
      return html`<p>Off. With it, signing in with your password also takes a code of an app on your phone.</p>
<form method="post" action="/account">${password}
<button type="submit" name="action" value="second-factor.start">Turn on</button></form>`;
    }
    return html`<p>On: signing in with your password takes a code of your app, or one of your backup codes.</p>
<form method="post" action="/account">${password}<div class="actions">
<button type="submit" class="secondary" name="action" value="second-factor.codes">Make new backup codes</button>
<button type="submit" class="danger" name="action" value="second-factor.off">Turn off</button>
</div></form>`;
  },
  actions: {
    async start(visit) {
      const parsed = STARTED.safeParse(await withPassword(visit, '/two-factor/enable'));
      return parsed.success ? { once: started(parsed.data) } : wrongPassword;
    },
    async confirm(visit) {
      const code = (visit.form.get('code') ?? '').replace(/\s/g, '');
      const { status, cookies } = await visit.call('POST', '/two-factor/verify-totp', { code });
      // The sign-in is another from now on, so the page has to be asked for again.
      if (status === 200) return { redirect: '/account#second-factor', cookies };
      return {
        problem: 'This code isn’t the one that the app shows now, so the second factor is still off. Turn it on again.',
      };
    },
    async codes(visit) {
      const parsed = CODES.safeParse(await withPassword(visit, '/two-factor/generate-backup-codes'));
      return parsed.success ? { once: backupCodes(parsed.data.backupCodes) } : wrongPassword;
    },
    async off(visit) {
      const { status, cookies } = await visit.call('POST', '/two-factor/disable', {
        password: visit.form.get('password') ?? '',
      });
      return status === 200 ? { redirect: '/account#second-factor', cookies } : wrongPassword;
    },
  },
};

const CODES = z.object({ backupCodes: z.array(z.string()) });
const STARTED = CODES.extend({ totpURI: z.string() });

const wrongPassword: ActionResult = {
  problem: 'This isn’t your password, or it was tried too often. Nothing was changed.',
};

async function withPassword(visit: PageVisit, path: string): Promise<unknown> {
  const { status, json } = await visit.call('POST', path, { password: visit.form.get('password') ?? '' });
  return status === 200 ? json : null;
}

function started({ totpURI, backupCodes: codes }: z.infer<typeof STARTED>): Html {
  const secret = new URL(totpURI).searchParams.get('secret') ?? '';
  return html`<section aria-labelledby="factor-on"><h2 id="factor-on">Turn the second factor on</h2>
<p>Add Mooring to your app: on this phone <a href="${totpURI}">by this link</a>, elsewhere by this key, for codes that change with the time:</p>
<code class="secret">${secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
<form method="post" action="/account">
<label for="factor-code">The code that the app shows now</label>
<input id="factor-code" name="code" type="text" inputmode="numeric" autocomplete="one-time-code" required>
<button type="submit" name="action" value="second-factor.confirm">Turn on</button>
</form></section>
${backupCodes(codes)}`;
}

const backupCodes = (
  codes: readonly string[],
): Html => html`<section aria-labelledby="backup-codes"><h2 id="backup-codes">Backup codes</h2>
<p>For the day on which you don’t have the app. Each counts once. They are shown this once: keep them where you keep your passwords. Older ones don’t count any more.</p>
<ul class="list codes">${codes.map((code) => html`<li><code>${code}</code></li>`)}</ul></section>`;
