import { networkOf } from '../domain/access/addresses.js';
import { SERVER_ACTORS } from '../domain/author.js';
import type { Attempts } from '../services/attempts/attempts.js';
import type { PasswordService } from '../services/passwords/contract.js';
import { LinkError } from '../services/passwords/errors.js';
import type { Links } from './contract.js';

/** Links of one address that don't count, in ten minutes. */
const MOST_WRONG = 20;

export function createLinks(passwords: Pick<PasswordService, 'findLink' | 'setByLink'>, attempts: Attempts): Links {
  const begin = (address: string) => attempts.begin([{ name: `link ${networkOf(address)}`, most: MOST_WRONG }]);

  return {
    async find(token, { address }) {
      const succeeded = begin(address);
      const found = await passwords.findLink(token);
      if (!found) return null;
      succeeded();
      const { user, kind } = found;
      return { name: user.name, email: user.email, isInvitation: kind === 'INVITATION' };
    },

    async use(token, newPassword, { address }, requestId) {
      const succeeded = begin(address);
      try {
        await passwords.setByLink({ actor: SERVER_ACTORS.signIn, requestId }, { token, newPassword });
      } catch (error) {
        if (!(error instanceof LinkError)) succeeded();
        throw error;
      }
      succeeded();
    },
  };
}
