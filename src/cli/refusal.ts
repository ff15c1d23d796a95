import type { Credential, Endpoint } from '../endpoint/endpoint.js';
import { CredentialsError } from '../endpoint/errors.js';
import { CliError, EXIT } from './exit.js';

/** The credential for the next request; null: none. @throws CliError */
export function credentialFor(server: Endpoint): Credential | null {
  try {
    return server.credential?.() ?? null;
  } catch (error) {
    throw error instanceof CredentialsError ? new CliError(EXIT.unauthenticated, error.message, error.hint) : error;
  }
}

/** Says what to do about a credential that a server refused; another error stays as it is. @param sent null: none was sent */
export function refusalOf(error: CliError, url: string, sent: Credential | null): CliError {
  if (error.exitCode !== EXIT.unauthenticated || error.code !== 'UNAUTHENTICATED') return error;
  return new CliError(error.exitCode, error.message, hintFor(url, sent), error.code);
}

function hintFor(url: string, sent: Credential | null): string {
  switch (sent?.source) {
    case 'VARIABLE':
      return `This is about the key in MOORING_API_KEY: set it to one that ${url} accepts, or unset it.`;
    case 'FILE':
      return `This is about the key that is stored for ${url}: store another with \`mooring login --url ${url}\`, or remove it with \`mooring logout --url ${url}\`.`;
    case 'OWNER':
      return 'Repeat the command. If that fails again, the clock was set while it ran, or another server has this address now.';
    case undefined:
      return `Store a key for it with \`mooring login --url ${url}\`, or set MOORING_API_KEY to one. Who owns the data directory needs none on the server's own machine.`;
  }
}
