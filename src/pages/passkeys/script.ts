/** Where the pages find it. */
export const PASSKEY_SCRIPT = '/pages/passkey.js';

/**
 * What a browser runs to use passkeys, which no page can do without a script. Its forms have `data-passkey`: `add`, which makes
 * one, and `use`, which signs in with one.
 */
export const PASSKEY_SCRIPT_TEXT = `const forms = document.querySelectorAll('form[data-passkey]');
const isAble = typeof PublicKeyCredential === 'function' && typeof PublicKeyCredential.parseRequestOptionsFromJSON === 'function';

async function ask(path, body) {
  const response = await fetch('/auth/passkey/' + path, body && {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (response.ok) return response.json();
  const { code } = await response.json().catch(() => ({}));
  throw new Error(code === 'SESSION_NOT_FRESH'
    ? 'This needs a sign-in of the last ten minutes. Sign out, sign in, and try again.'
    : response.status === 429 ? 'There were too many tries. Wait a moment.' : 'The server did not accept this passkey.');
}

async function add(form) {
  const options = PublicKeyCredential.parseCreationOptionsFromJSON(await ask('generate-register-options'));
  const made = await navigator.credentials.create({ publicKey: options });
  await ask('verify-registration', { response: made.toJSON(), name: form.elements.name.value || undefined });
  location.reload();
}

async function use(form) {
  const options = PublicKeyCredential.parseRequestOptionsFromJSON(await ask('generate-authenticate-options'));
  const used = await navigator.credentials.get({ publicKey: options });
  await ask('verify-authentication', { response: used.toJSON() });
  location.assign(form.elements.next.value);
}

for (const form of forms) {
  if (!isAble) continue;
  form.hidden = false;
  const problem = form.querySelector('[role=alert]');
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    problem.hidden = true;
    try {
      await (form.dataset.passkey === 'add' ? add : use)(form);
    } catch (error) {
      problem.textContent = error.name === 'NotAllowedError' || error.name === 'AbortError'
        ? 'No passkey was used: it was cancelled, took too long, or there is none here.'
        : error.name === 'InvalidStateError' ? 'This device has a passkey for you already.' : error.message;
      problem.hidden = false;
    }
  });
}
`;
