/** What the library needs to know of the server, as plain data. */
export interface LibrarySettings {
  /** Signs cookies, and encrypts signing keys. */
  readonly secret: string;
  /** The name of this server's cookies begins with it: servers on other ports of a machine have the same cookies. */
  readonly cookiePrefix: string;
  /** Whether programs may register themselves (RFC 7591). */
  readonly allowsRegistration: boolean;
  /** Whether no connection may be opened. */
  readonly offline: boolean;
  /** Other servers whose users are known here. */
  readonly oidc: readonly OidcSettings[];
}

/** Another server that says who its users are. */
export interface OidcSettings {
  /** In paths and records: letters, digits and hyphens. */
  readonly id: string;
  /** As people know it. */
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | null;
}
