import { MongoNetworkError, MongoNetworkTimeoutError, MongoServerError, MongoServerSelectionError } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { StoreError } from '../../../src/domain/errors.js';
import { DeadlineExceeded } from '../../../src/storage/mongodb/connection/timeouts.js';
import { isRepeatable, isTransient, isUnknown, toStoreError } from '../../../src/storage/mongodb/errors.js';

const server = (code: number, message: string) => new MongoServerError({ code, message, errmsg: message });
const network = (code: string, message = code) =>
  new MongoNetworkError(message, { cause: Object.assign(new Error(message), { code }) });
const selection = (cause: Error, place = 'localhost:1/mooring') => {
  const description = { servers: new Map([[place, { error: cause }]]) };
  return new MongoServerSelectionError(cause.message, description as never);
};
const said = (error: unknown, place = 'localhost:1/mooring') => {
  const found = toStoreError(error, place);
  expect(found).toBeInstanceOf(StoreError);
  return found;
};

describe('errors of MongoDB', () => {
  it.each([
    ['a wrong password', server(18, 'Authentication failed.'), 'STORE_AUTHENTICATION', /%40/],
    [
      'a wrong password, by Atlas',
      server(8000, 'bad auth : Authentication failed.'),
      'STORE_AUTHENTICATION',
      /encoded/,
    ],
    [
      'a missing privilege',
      server(13, 'not authorized on a to execute command { insert: "x" }'),
      'STORE_NOT_AUTHORIZED',
      /readWrite/,
    ],
    [
      'a missing privilege, by Atlas',
      server(8000, 'user is not allowed to do action [insert] on [a.b]'),
      'STORE_NOT_AUTHORIZED',
      /Atlas/,
    ],
    [
      'a server alone',
      server(20, 'Transaction numbers are only allowed on a replica set member or mongos'),
      'STORE_UNSUITABLE',
      /replSetName: rs0.*rs\.initiate\(\)/,
    ],
    ['a quota', server(8000, 'you are over your space quota, using 512 MB of 512 MB'), 'STORE_FULL', /tier/],
    ['a full disk', server(14031, 'OutOfDiskSpace'), 'STORE_FULL', /space/],
    [
      'a record beyond 16 MB',
      server(10334, 'BSONObj size: 18874390 (0x1200016) is invalid'),
      'RECORD_TOO_LARGE',
      /Split/,
    ],
    [
      'one that the driver refuses',
      Object.assign(new RangeError('The value of "offset" is out of range.'), { code: 'ERR_OUT_OF_RANGE' }),
      'RECORD_TOO_LARGE',
      /Split/,
    ],
    ['a slow query', server(50, 'operation exceeded time limit'), 'STORE_TIMEOUT', /load/],
    ['no answer', new DeadlineExceeded(10_000), 'STORE_TIMEOUT', /load/],
    [
      'no answer on a socket',
      new MongoNetworkTimeoutError('connection 3 to 127.0.0.1:1 timed out'),
      'STORE_TIMEOUT',
      /load/,
    ],
    ['a failover', server(10107, 'not primary'), 'STORE_UNAVAILABLE', /seconds/],
    [
      'a refused connection',
      selection(network('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:1')),
      'STORE_UNAVAILABLE',
      /server runs/,
    ],
    [
      'an unknown host',
      selection(network('ENOTFOUND', 'getaddrinfo ENOTFOUND nowhere')),
      'STORE_UNAVAILABLE',
      /spelling/,
    ],
    [
      'an unknown SRV name',
      Object.assign(new Error('querySrv ENOTFOUND _mongodb._tcp.x'), { code: 'ENOTFOUND' }),
      'STORE_UNAVAILABLE',
      /SRV/,
    ],
    ['an untrusted certificate', selection(network('DEPTH_ZERO_SELF_SIGNED_CERT')), 'STORE_TLS', /tlsCAFile/],
    ['a certificate for another name', selection(network('ERR_TLS_CERT_ALTNAME_INVALID')), 'STORE_TLS', /name/],
    ['an expired certificate', selection(network('CERT_HAS_EXPIRED')), 'STORE_TLS', /expired/],
    ['anything else', server(2, 'Unknown thing { secret: "canary" }'), 'STORE_UNAVAILABLE', /code/],
  ] as const)('say what %s is', (_, error, code, hint) => {
    expect(said(error)).toMatchObject({ code, hint: expect.stringMatching(hint) });
  });

  it('point to Atlas’ access list when a cluster there drops connections', () => {
    const error = said(
      selection(network('ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR', 'tlsv1 alert internal error: SSL alert number 80')),
      'a.mongodb.net/mooring',
    );
    expect(error).toMatchObject({ code: 'STORE_UNAVAILABLE', hint: expect.stringMatching(/Network Access/) });
  });

  it('quote nothing that may be a document', () => {
    expect(said(server(2, 'Unknown thing { secret: "canary" }')).message).not.toMatch(/canary/);
    expect(said(server(13, 'not authorized to { insert: "canary" }')).message).not.toMatch(/canary/);
  });

  it('are classified by whether a retry helps', () => {
    const failover = server(10107, 'not primary');
    const conflict = server(112, 'WriteConflict');
    const gone = server(251, 'no such transaction');
    const bulk = Object.assign(new Error('bulk write failed'), { cause: conflict });
    expect([failover, network('ECONNRESET'), server(11602, 'interrupted')].every(isRepeatable)).toBe(true);
    expect([server(18, 'no'), server(13, 'no'), selection(network('ECONNREFUSED'))].some(isRepeatable)).toBe(false);
    expect([conflict, bulk, gone, failover, network('ECONNRESET')].every(isTransient)).toBe(true);
    expect([server(11000, 'dup'), server(10334, 'large')].some(isTransient)).toBe(false);
    expect([network('ECONNRESET'), failover, gone, selection(network('ECONNREFUSED'))].every(isUnknown)).toBe(true);
    expect([conflict, server(13, 'no')].some(isUnknown)).toBe(false);
  });
});
