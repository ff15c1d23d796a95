import { z } from 'zod';
import { ACCESS_LEVELS, type AccessLevel, LEVEL } from '../../domain/access/level.js';
import { LASTING_SCOPE, levelOfScopes, scopesUpTo } from '../../domain/access/oauth.js';
import { programName } from '../../domain/sign-in/program-name.js';
import { documentSiteOf, siteOf } from '../../domain/sign-in/program-site.js';
import type { PageVisit } from '../contract.js';

/** What a program asks a user. */
export interface Question {
  /** As the library signed it, to be sent back. */
  readonly signed: string;
  /** The name that it gives itself. */
  readonly name: string;
  /** Host of the document in which it says what it is; null: it has none. */
  readonly documentSite: string | null;
  /** Where the answer is sent. */
  readonly answerTo: string;
  readonly answerSite: string;
  /** The highest level for which it asks; null: none. */
  readonly level: AccessLevel | null;
  /** Whether it wants to go on when the user signs out. */
  readonly isLasting: boolean;
}

const CLIENT = z.object({ client_name: z.string().optional() });

/** Reads the question in a signed query; null when the server didn't sign it, or did too long ago. */
export async function readQuestion(visit: PageVisit, signed: string): Promise<Question | null> {
  const asked = new URLSearchParams(signed);
  const clientId = asked.get('client_id');
  const answerTo = asked.get('redirect_uri');
  if (!clientId || !answerTo) return null;
  const body = { client_id: clientId, oauth_query: signed };
  const { status, json } = await visit.call('POST', '/oauth2/public-client-prelogin', body);
  const client = CLIENT.safeParse(json);
  if (status !== 200 || !client.success) return null;
  const scopes = (asked.get('scope') ?? '').split(' ');
  return {
    ...{ signed, answerTo, answerSite: siteOf(answerTo), documentSite: documentSiteOf(clientId) },
    name: programName(client.data.client_name ?? null),
    level: levelOfScopes(scopes),
    isLasting: scopes.includes(LASTING_SCOPE),
  };
}

/** The scopes for which was asked that come with a level. */
export function scopesFor({ signed }: Question, level: AccessLevel): readonly string[] {
  const given = [...scopesUpTo(level), LASTING_SCOPE];
  return (new URLSearchParams(signed).get('scope') ?? '').split(' ').filter((scope) => given.includes(scope));
}

/** The levels up to one. */
export const levelsUpTo = (most: AccessLevel): readonly AccessLevel[] =>
  ACCESS_LEVELS.filter((level) => LEVEL[level] <= LEVEL[most]);
