import { z } from 'zod';
import type { OAuthConsent } from '../../domain/sign-in/records.js';
import { oauthAccessTokens, oauthRefreshTokens, verifications } from '../../storage/sign-in-collections.js';
import type { Change, Store } from '../../storage/store.js';
import { listAll } from '../records/queries.js';
import { remove } from '../records/transaction.js';

/** The changes that end what a program has of a user: its tokens, and codes that it could still trade for some. */
export async function endTokens(
  store: Store,
  { clientId, userId }: Pick<OAuthConsent, 'clientId' | 'userId'>,
): Promise<readonly Change[]> {
  const where = [
    { field: 'clientId', is: clientId },
    { field: 'userId', is: userId },
  ];
  const ofUser = { where, deleted: 'INCLUDE', field: 'userId' } as const;
  const refreshing = await listAll(store, oauthRefreshTokens, ofUser);
  const access = await listAll(store, oauthAccessTokens, ofUser);
  // They count for ten minutes, so there are few.
  const proofs = await listAll(store, verifications, { where: [], deleted: 'INCLUDE', field: 'createdAt' });
  const codes = proofs.filter(({ value }) => {
    const code = CODE.safeParse(value);
    return code.success && code.data.userId === userId && code.data.query.client_id === clientId;
  });
  return [
    ...refreshing.map((each) => remove(oauthRefreshTokens, each)),
    ...access.map((each) => remove(oauthAccessTokens, each)),
    ...codes.map((each) => remove(verifications, each)),
  ];
}

const JSON_TEXT = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue({ code: 'custom', message: 'no JSON' });
    return z.NEVER;
  }
});

/** An authorization code, as the library keeps it. */
const CODE = JSON_TEXT.pipe(
  z.object({
    type: z.literal('authorization_code'),
    userId: z.string(),
    query: z.object({ client_id: z.string() }),
  }),
);
