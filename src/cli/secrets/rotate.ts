import { plural } from '../amounts.js';
import { EXIT, type ExitCode, payloadOf } from '../exit.js';
import { graphql } from '../gql/gql.js';
import type { Session } from '../session.js';

const RotateSecrets = graphql(`
  mutation RotateSecrets($input: RotateSecretsInput!) {
    rotateSecrets(input: $input) {
      ... on RotateSecretsPayload { resealed remaining unreadable keySource }
      ... on Error { code message hint }
    }
  }
`);

/** Encrypts all secrets again, call by call. */
export async function rotateSecrets(
  { api, output }: Session,
  { dryRun = false }: { readonly dryRun?: boolean },
): Promise<ExitCode> {
  let resealed = 0;
  for (;;) {
    const part = payloadOf((await api.run(RotateSecrets, { input: { dryRun } })).rotateSecrets);
    resealed += part.resealed;
    const { remaining, unreadable, keySource } = part;
    // A call that has nothing to do would have nothing to do again.
    if (remaining > 0 && part.resealed > 0) {
      output.note(`${plural(resealed, 'secret')} encrypted again, ${remaining} to go …`);
      continue;
    }
    output.json({ resealed, remaining, unreadable, keySource });
    const by = keySource === 'FILE' ? 'a new key' : 'MOORING_SECRET_KEY';
    output.line(
      dryRun
        ? `${plural(remaining, 'secret')} encrypted with an older key.`
        : `${plural(resealed, 'secret')} encrypted with ${by}.`,
    );
    if (remaining > 0 && !dryRun) output.note(LEFT);
    for (const name of unreadable) output.note(`No key decrypts ${name}: it counts as not set. Save it again.`);
    if (keySource === 'ENVIRONMENT' && !dryRun) output.note(resealed > 0 ? DONE : NOTHING);
    return EXIT.done;
  }
}

const LEFT =
  'Some secrets are left, as another server encrypts with another key. Give all servers the same, and run it again.';
const DONE = 'MOORING_SECRET_KEY_PREVIOUS is not needed any more, once every server has the new MOORING_SECRET_KEY.';
const NOTHING =
  'To replace the key, start the server with a new MOORING_SECRET_KEY, and with this one as MOORING_SECRET_KEY_PREVIOUS.';
