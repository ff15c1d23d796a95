import { atEachTrigger, type Rule } from './finding.js';
import { continuesWord, endOfMatch } from './patterns.js';
import { isPlaceholder, looksSecret } from './values.js';

/** Commands before `-p`, in the same line. */
const PASSWORD_ATTACHED = /\b(?:mysql\w*|mariadb(?:-\w+)?)\b[^\r\n]*$/;
const PASSWORD_AFTER =
  /\b(?:sshpass|(?:docker|podman|skopeo|nerdctl|helm registry|az) login|mongo(?:sh|dump|restore|export|import)?)\b[^\r\n]*$/;
const REDIS = /\bredis-cli\b[^\r\n]*$/;

/** Credentials in headers and in options of commands. */
export const headers: readonly Rule[] = [
  atEachTrigger(['bearer'], (text, at) => {
    const start = continuesWord(text, at) ? -1 : endOfMatch(/bearer(?:[ \t]{1,4}|%20|: ?)/iy, text, at);
    const end = start === -1 ? -1 : endOfMatch(/[\w.~+/-]{16,4096}={0,2}/y, text, start);
    if (end === -1 || !looksSecret(text.slice(start, end), 'token', true)) return null;
    return { rule: 'bearer-token', start, end };
  }),
  // Schemes of their own: `Authorization: Token …`.
  atEachTrigger(['authorization'], (text, at) => {
    const start = endOfMatch(
      /authorization["'`]?\]?[ \t]?[:=,][ \t]?["'`]?(?:token|api-?key|key|bot|ssws|geniekey)[ \t]+/iy,
      text,
      at,
    );
    const end = start === -1 ? -1 : endOfMatch(/[\w.~+/-]{16,4096}={0,2}/y, text, start);
    return end === -1 || !looksSecret(text.slice(start, end), 'token', true) ? null : { rule: 'token', start, end };
  }),
  // `mysql -p…` without a space, `sshpass -p …` with one: it depends on the command.
  atEachTrigger([' -p', ' -a '], (text, at) => {
    const line = text.slice(Math.max(0, at - 400), at);
    const start = endOfMatch(
      PASSWORD_ATTACHED.test(line)
        ? / -p["']?/y
        : PASSWORD_AFTER.test(line)
          ? / -p[ \t]{1,4}["']?/y
          : REDIS.test(line)
            ? / -a[ \t]{1,4}["']?/y
            : /(?!)/y,
      text,
      at,
    );
    const end = start === -1 ? -1 : endOfMatch(/[^\s"'`|;&<>]{4,256}/y, text, start);
    return end === -1 || !looksSecret(text.slice(start, end), 'password', true)
      ? null
      : { rule: 'password', start, end };
  }),
  atEachTrigger(['basic'], (text, at) => {
    const start = continuesWord(text, at) ? -1 : endOfMatch(/basic[ \t]{1,4}/iy, text, at);
    const end = start === -1 ? -1 : endOfMatch(/[A-Za-z0-9+/]{8,1024}={0,2}/y, text, start);
    if (end === -1) return null;
    const [, user, password] = /^([\x20-\x7e]*?):([\x20-\x7e]+)$/.exec(decode(text.slice(start, end))) ?? [];
    return user === undefined || isPlaceholder(password!) ? null : { rule: 'basic-auth', start, end };
  }),
  // `curl -u user:password`. The option follows the name of the command, somewhere in its line.
  atEachTrigger([' -u', '--user', '--proxy-user'], (text, at) => {
    const start = endOfMatch(/(?: -u|--user|--proxy-user)(?:[ =]{1,2})?["']?[^\s:"']{1,100}:/y, text, at);
    const end = start === -1 ? -1 : endOfMatch(/(?!\/)[^\s"'`|;$<>{}]{4,256}/y, text, start);
    if (end === -1 || !/\b(?:curl|wget|http|https|xh|svn)\b/.test(text.slice(Math.max(0, at - 400), at))) return null;
    const value = text.slice(start, end);
    // Of a container: `docker run --user 1000:1000`.
    return isPlaceholder(value) || /^\d+$/.test(value) ? null : { rule: 'basic-auth', start, end };
  }),
  // Shared keys and signatures of Azure and of addresses that are signed.
  atEachTrigger(['accountkey=', 'sharedaccesskey='], (text, at) => {
    const start = endOfMatch(/\w+=/y, text, at);
    const end = start === -1 ? -1 : endOfMatch(/[A-Za-z0-9+/]{40,100}={0,2}/y, text, start);
    return end === -1 ? null : { rule: 'azure-key', start, end };
  }),
  atEachTrigger(['sig=', '-signature='], (text, at) => {
    if (text[at] !== '-' && continuesWord(text, at)) return null;
    const start = endOfMatch(/-?\w+=/y, text, at);
    const end = start === -1 ? -1 : endOfMatch(/[\w%+/-]{40,600}={0,2}/y, text, start);
    return end === -1 || !/\d/.test(text.slice(start, end)) ? null : { rule: 'url-signature', start, end };
  }),
  // The value alone: its name and attributes tell what it was.
  atEachTrigger(['cookie:'], (text, at) => {
    const start = endOfMatch(/cookie:[ \t]{0,4}(?:[\w.-]{1,64}=[^;\s]{0,15};[ \t]?){0,20}[\w.-]{1,64}=/iy, text, at);
    const end = start === -1 ? -1 : endOfMatch(/[\w%.~+/:!*-]{16,4096}={0,2}/y, text, start);
    if (end === -1 || !looksSecret(text.slice(start, end), 'token', true)) return null;
    return { rule: 'cookie', start, end };
  }),
];

function decode(base64: string): string {
  return Buffer.from(base64, 'base64').toString('latin1');
}
