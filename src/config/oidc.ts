import { z } from 'zod';

/** Another server that says who its users are, by OpenID Connect. */
export interface OidcIssuer {
  /** In addresses and records: made of its name. */
  readonly id: string;
  /** As people know it. */
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  /** Null: none is needed. */
  readonly clientSecret: string | null;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether nobody on the way can change what is said. */
function isSafe(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, search, hash } = new URL(address);
  const isPlain = username === '' && search === '' && hash === '';
  return isPlain && (protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname)));
}

const idOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

const issuers = z.array(
  z.strictObject({
    name: z
      .string()
      .trim()
      .min(1)
      .max(60)
      .refine((name) => idOf(name) !== ''),
    issuer: z.string().refine(isSafe),
    clientId: z.string().min(1),
    clientSecret: z.string().min(1).nullable().default(null),
  }),
);

/** The variable `MOORING_OIDC`: a list in JSON. What it says isn't repeated, as it has secrets. */
export const oidcIssuers = z.string().transform((text, context): readonly OidcIssuer[] => {
  const parsed = issuers.safeParse(jsonIn(text));
  const all = parsed.data?.map((each) => ({ ...each, id: idOf(each.name) })) ?? [];
  if (parsed.success && new Set(all.map(({ id }) => id)).size === all.length) return all;
  context.addIssue({ code: 'custom', message: WRONG });
  return z.NEVER;
});

const WRONG =
  'must be a list in JSON of issuers with names of their own, such as [{"name":"Keycloak","issuer":"https://id.example/realms/team","clientId":"mooring","clientSecret":"…"}]; an issuer’s address begins with https://, or is on this machine';

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
