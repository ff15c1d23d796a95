import type { Transporter } from 'nodemailer';

/** A mail to one person. */
export interface Letter {
  /** Their email. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Sends mails. */
export interface Mailer {
  /** @returns whether the mail server took it; why it didn't is in the log, without what was to be sent */
  send(letter: Letter): Promise<boolean>;
}

export interface MailerOptions {
  /** `smtp://` or `smtps://`, with the user and the password. */
  readonly url: string;
  /** Who sends. */
  readonly from: string;
  log(problem: string): void;
}

/** A mail server that doesn't answer keeps nobody waiting for longer, in milliseconds. */
const TIMEOUT_MS = 10_000;

export function createMailer({ url, from, log }: MailerOptions): Mailer {
  let transport: Promise<Transporter> | undefined;

  /** Loaded with the first mail: most servers send none. */
  async function open(): Promise<Transporter> {
    const { createTransport } = await import('nodemailer');
    const { protocol, hostname, port, username, password } = new URL(url);
    const secure = protocol === 'smtps:';
    return createTransport({
      ...{ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (secure ? 465 : 587), secure },
      ...(username && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
      // With a password, what is sent is encrypted, or not sent at all.
      requireTLS: !secure && username !== '',
      ...{ connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS },
      ...{ disableFileAccess: true, disableUrlAccess: true },
    });
  }

  return {
    async send({ to, subject, text }) {
      try {
        transport ??= open();
        // As an object, so that it is one address, whatever characters it has.
        await (await transport).sendMail({ from, to: { name: '', address: to }, subject, text });
        return true;
      } catch (error) {
        log(codeOf(error));
        return false;
      }
    },
  };
}

/** What went wrong, without addresses and texts, which the mail server may repeat. */
function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN';
  const status = error instanceof Error && 'responseCode' in error ? ` ${error.responseCode}` : '';
  return `The mail server didn't take a mail: ${code}${status}.`;
}
