import { atEachTrigger, type Rule } from './finding.js';
import { isPlaceholder } from './values.js';

/** The longest user and password together. */
const LONGEST = 514;

/** Whose passwords open a database or a queue. */
const DATABASES =
  /(?:mongodb|postgres|postgresql|pgsql|mysqlx?|mariadb|mssql|sqlserver|oracle|redis|rediss|valkey|amqps?|rabbitmq|kafka|nats|clickhouse|cockroachdb|cassandra|couchdb|neo4j|bolt|memcached|influxdb|sqlalchemy|ldaps?)(?:\+[\w+.-]{1,20})?$/i;

/** User and password before the host. A password may have signs that a URL should escape, such as `@`: the last one before the host counts. */
const USER_INFO = /:\/\/([^\s/:@"'<>`()[\]{}|\\]{0,256}):([^\s/"'<>`|\\]{1,256})@[\w.[-]/y;
/** A token alone in place of both. */
const TOKEN_ALONE = /:\/\/([\w.-]{20,256})@[\w.[-]/y;

/** Passwords in addresses: of databases, queues and web servers. The rest of the address stays readable. */
export const urls: Rule = atEachTrigger(['://'], (text, at) => {
  if (!hasUserInfo(text, at + 3)) return null;
  USER_INFO.lastIndex = at;
  const found = USER_INFO.exec(text);
  if (!found) return tokenAlone(text, at);
  const [, user = '', password = ''] = found;
  const start = at + 3 + user.length + 1;
  if (password === 'x-oauth-basic' && !isPlaceholder(user))
    return { rule: 'url-password', start: at + 3, end: start - 1 };
  if (password.length < 3 || isTemplate(password) || isPlaceholder(password)) return null;
  const scheme = text.slice(Math.max(0, at - 40), at);
  return {
    rule: DATABASES.test(scheme) ? 'database-password' : 'url-password',
    start,
    end: start + password.length,
  };
});

/** Most addresses have none: their host ends before an `@`. */
function hasUserInfo(text: string, start: number): boolean {
  for (let at = start; at < start + LONGEST; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 64) return true;
    // A slash, a quote, white space and other signs that end the host, or the end of the text.
    if (code === 47 || code === 34 || code === 39 || code === 60 || code === 62 || code === 96 || !(code > 32))
      return false;
  }
  return false;
}

function tokenAlone(text: string, at: number) {
  TOKEN_ALONE.lastIndex = at;
  const token = TOKEN_ALONE.exec(text)?.[1];
  if (!token || !/\d/.test(token) || !/^[a-zA-Z0-9_-]+$/.test(token) || isPlaceholder(token)) return null;
  return { rule: 'url-password', start: at + 3, end: at + 3 + token.length };
}

/** `$PASSWORD`, `%PASSWORD%`, `{password}`, `:password`, `PASSWORD`: filled in later, or a name of the documentation. */
function isTemplate(password: string): boolean {
  return /^(?:\$\w+|%\w+%|\{.*\}|\[.*\]|:\w+|\(.*\)|[A-Z_]+|p(?:ass)?w(?:or)?d\d?|pw|\*+)$/.test(password);
}
