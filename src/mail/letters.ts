import type { Letter } from './mailer.js';

/** What somebody is sent with a link to set a password. @param until - as ISO 8601 */
export function linkLetter(
  { name, email }: { readonly name: string; readonly email: string },
  { url, isInvitation, until }: { readonly url: string; readonly isInvitation: boolean; readonly until: string },
): Letter {
  const host = new URL(url).host;
  return {
    to: email,
    subject: isInvitation ? `You are invited to Mooring at ${host}` : `Set a new password for Mooring at ${host}`,
    text: `Hello ${name},

${isInvitation ? 'you are invited to Mooring. Set a password with this link:' : 'with this link you set a new password:'}

${url}

It counts once, until ${until.slice(0, 16).replace('T', ' ')} UTC. ${
      isInvitation ? "If you don't know why, ignore it." : "If you didn't ask for it, ignore it: your password stays."
    }
`,
  };
}
