import { describe, expect, it } from 'vitest';
import { StoreError } from '../../../src/domain/errors.js';
import type { MongoSettings } from '../../../src/domain/storage-settings.js';
import { parseAddress } from '../../../src/storage/mongodb/connection/address.js';

const parse = (connectionString: string, more: Partial<MongoSettings> = {}) =>
  parseAddress({
    connectionString,
    database: 'mooring',
    maxPoolSize: 10,
    allowPlaintext: [],
    isFromEnvironment: true,
    ...more,
  });

function refused(connectionString: string, more: Partial<MongoSettings> = {}): StoreError {
  try {
    parse(connectionString, more);
  } catch (error) {
    if (error instanceof StoreError) return error;
    throw error;
  }
  throw new Error(`It was taken: ${connectionString}`);
}

describe('the address of a MongoDB server', () => {
  it('is known by its hosts and database, never by user or password', () => {
    const address = parse('mongodb+srv://ada:s3cret%40@cluster0.abcde.mongodb.net/?retryWrites=true&w=majority');
    expect(address).toEqual({
      place: 'cluster0.abcde.mongodb.net/mooring',
      hosts: ['cluster0.abcde.mongodb.net'],
      isSrv: true,
      isTls: true,
      hasUser: true,
    });
    expect(parse(' mongodb://localhost:27017,127.0.0.2:27018/x ').place).toBe(
      'localhost:27017,127.0.0.2:27018/mooring',
    );
  });

  it.each([
    ['localhost'],
    ['127.0.0.1:27017'],
    ['127.8.9.1'],
    ['[::1]:27017'],
    ['%2Ftmp%2Fmongodb-27017.sock'],
    ['mongo:27017', { allowPlaintext: ['mongo'] }],
    ['MONGO.internal:27017,localhost', { allowPlaintext: ['mongo.internal'] }],
    ['example.com/?tls=true'],
    ['example.com/?ssl=true&tlsCAFile=/ca.pem'],
  ] as const)('may be %s', (host, more?: Partial<MongoSettings>) => {
    expect(() => parse(`mongodb://${host}`, more)).not.toThrow();
  });

  it.each([
    ['mongodb://example.com', /example.com would not be encrypted/, /tls=true.*MONGODB_ALLOW_PLAINTEXT=example.com/],
    ['mongodb://localhost,10.0.0.7:27017', /10.0.0.7:27017 would not be encrypted/, /=10.0.0.7 /],
    ['mongodb://localhost.example.com', /would not be encrypted/, /./],
    ['mongodb://127.0.0.1.example.com', /would not be encrypted/, /./],
    ['mongodb+srv://example.com/?tls=false', /would not be encrypted/, /./],
    ['mongodb+srv://example.com/?ssl=false', /would not be encrypted/, /./],
    ['mongodb://example.com/?tls=true&ssl=false', /contradict/, /./],
    ['mongodb://example.com/?tls=true&tls=false', /twice/, /./],
    ['mongodb://example.com/?tls=true&tlsInsecure=true', /tlsinsecure/, /tlsCAFile/],
    ['mongodb://localhost/?tlsAllowInvalidCertificates=true', /tlsallowinvalidcertificates/, /tlsCAFile/],
    ['mongodb+srv://example.com/?tlsAllowInvalidHostnames=true', /tlsallowinvalidhostnames/, /tlsCAFile/],
    ['mongodb+srv://example.com/?rejectUnauthorized=false', /rejectunauthorized/, /tlsCAFile/],
    ['mongodb+srv://example.com/?checkServerIdentity=false', /checkserveridentity/, /tlsCAFile/],
    ['mongodb://example.com/?tls=true&secureProtocol=TLSv1_method', /secureprotocol/, /Remove it/],
    ['mongodb://localhost/?tls=true&ciphers=NULL', /ciphers/, /Remove it/],
  ])('may not be %s', (connectionString, message, hint) => {
    const error = refused(connectionString);
    expect(error).toMatchObject({ code: 'STORE_TLS' });
    expect(error.message).toMatch(message);
    expect(error.hint).toMatch(hint);
  });

  it.each([
    ['w=1', /option w /, /w=majority/],
    ['w=0', /option w /, /w=majority/],
    ['w=majority&w=1', /option w occurs twice/, /one of them/],
    ['journal=false', /option journal /, /journal=true/],
    ['wtimeoutMS=5', /option wtimeoutms /, /Remove it/],
  ])('may not ask for %s, by which an acknowledged write could be lost', (options, message, hint) => {
    const error = refused(`mongodb://localhost/?${options}`);
    expect(error.message).toMatch(message);
    expect(error.hint).toMatch(hint);
    expect(() => parse('mongodb+srv://example.com/?w=majority&journal=true')).not.toThrow();
  });

  it.each([
    ['', /begin with mongodb:\/\//],
    ['http://localhost', /begin with mongodb:\/\//],
    ['"mongodb://localhost"', /begin with mongodb:\/\//],
    ['mongodb://', /no host/],
    ['mongodb://a,,b', /no host/],
    ['mongodb+srv://example.com:27017', /no port/],
    ['mongodb+srv://a.example.com,b.example.com', /one host/],
    ['mongodb+srv://ada:<db_password>@example.com', /placeholder/],
    ['mongodb+srv://ada:hunter/2@example.com', /isn’t percent-encoded/],
    ['mongodb+srv://ada:hunter?2@example.com', /isn’t percent-encoded/],
    ['mongodb+srv://ada:hunter@2@example.com', /isn’t percent-encoded/],
    ['mongodb+srv://ada:hunter:2@example.com', /isn’t percent-encoded/],
    ['mongodb+srv://ada:hunter%2@example.com', /isn’t percent-encoded/],
    ['mongodb+srv://:hunter2@example.com', /without a user name/],
    ['mongodb://localhost/?flavour=plum', /option flavour/],
    ['mongodb://localhost/?maxPoolSize=many', /can’t be read/],
  ])('reports what is wrong with %s', (connectionString, message) => {
    const error = refused(connectionString);
    expect(error.message).toMatch(message);
    expect(`${error.message} ${error.hint} ${String(error.cause ?? '')}`).not.toMatch(/hunter/);
  });

  it.each([
    'mongodb://root:abc@SecretPart/xyz@127.0.0.1:27017/',
    'mongodb://root:abc@SecretPart?xyz@127.0.0.1:27017/?tls=true',
    'mongodb+srv://root:abc@secretpart.q/xyz@cluster0.abcde.mongodb.net',
    // What a .env file leaves of a password with a # in it.
    'mongodb://admin:SecretPart',
    'mongodb://admin:SecretPart%40x',
  ])('mistakes no part of a password for a host: %s', (connectionString) => {
    const { message, hint } = refused(connectionString);
    expect(`${message} ${hint}`.toLowerCase()).not.toContain('secretpart');
    expect(hint).toContain('Percent-encode');
  });

  it.each(['admin', 'Admin', 'ADMIN', 'local', 'Config'])('has a database of its own, and not %s', (database) => {
    expect(refused('mongodb://localhost', { database })).toMatchObject({ message: expect.stringContaining('own') });
    if (database !== 'admin')
      expect(refused(`mongodb://ada:pw@localhost/${database}`).message).toMatch(/path of the connection string/);
  });

  it('can’t name a database of MongoDB’s own in its path, unless the user was created there', () => {
    for (const path of ['admin', '%61dmin', 'local?replicaSet=rs0'])
      expect(refused(`mongodb://localhost/${path}`).message).toMatch(/path of the connection string/);
    expect(() => parse('mongodb://ada:pw@localhost/admin?replicaSet=rs0')).not.toThrow();
  });

  it('must have a valid database name', () => {
    for (const database of ['', 'a b', 'a/b', '$a', 'a.b', 'x'.repeat(64)])
      expect(refused('mongodb://localhost', { database }).message).toMatch(/name of the database/);
  });
});

describe('a connection string that was entered through the API', () => {
  const entered = (connectionString: string, more: Partial<MongoSettings> = {}) =>
    refused(connectionString, { isFromEnvironment: false, ...more });
  const TLS = 'mongodb://ada:pw@db.example/?tls=true';

  it.each([
    'mongodb+srv://ada:pw@cluster0.abcde.mongodb.net/?retryWrites=true&w=majority&appName=Cluster0',
    `${TLS}&replicaSet=rs0&authSource=admin&authMechanism=SCRAM-SHA-256&readPreference=primary`,
    `${TLS}&authMechanism=PLAIN`,
    `${TLS}&tlsInsecure=false&maxPoolSize=20&minPoolSize=0&connectTimeoutMS=3000&socketTimeoutMS=600000`,
    'mongodb://db.example:10255/?ssl=true&replicaSet=globaldb&retrywrites=false&maxIdleTimeMS=120000&appName=x',
    'mongodb://127.0.0.1:27017/?directConnection=true',
  ])('may be as providers give it: %s', (connectionString) => {
    expect(() => parse(connectionString, { isFromEnvironment: false })).not.toThrow();
  });

  it.each([
    [
      'authMechanism=MONGODB-OIDC&authMechanismProperties=ENVIRONMENT:azure,TOKEN_RESOURCE:api',
      /authmechanismproperties|authmechanism/,
    ],
    ['authMechanism=MONGODB-OIDC', /authmechanism/],
    ['authMechanism=mongodb-aws', /authmechanism/],
    ['authMechanism=MONGODB-X509', /authmechanism/],
    ['authMechanism=GSSAPI', /authmechanism/],
    ['authMechanismProperties=ENVIRONMENT:gcp', /authmechanismproperties/],
    ['tlsCAFile=/etc/passwd', /tlscafile/],
    ['tlsCertificateKeyFile=/x.pem', /tlscertificatekeyfile/],
    ['tlsCertificateKeyFilePassword=x', /tlscertificatekeyfilepassword/],
    ['tlsCRLFile=/x.pem', /tlscrlfile/],
    ['proxyHost=127.0.0.1&proxyPort=1080', /proxyhost/],
    ['srvServiceName=x', /srvservicename/],
    ['srvMaxHosts=1', /srvmaxhosts/],
    ['compressors=zlib', /compressors/],
    ['localAddress=10.0.0.1', /localaddress/],
    ['family=6', /family/],
    ['maxPoolSize=100000', /maxpoolsize/],
    ['maxPoolSize=0', /maxpoolsize/],
    ['connectTimeoutMS=99999999', /connecttimeoutms/],
    ['heartbeatFrequencyMS=1', /heartbeatfrequencyms/],
    ['flavour=plum', /flavour/],
  ])('names the option that it may not have: %s', (options, message) => {
    const error = entered(`${TLS}&${options}`);
    expect(error).toMatchObject({ code: 'STORE_UNSUITABLE', hint: expect.any(String) });
    expect(error.message).toMatch(message);
  });

  it('is refused alike whether a file of the host exists or not', () => {
    const there = entered(`${TLS}&tlsCAFile=${encodeURIComponent(import.meta.filename)}`);
    const absent = entered(`${TLS}&tlsCAFile=%2Fnowhere.pem`);
    expect([absent.code, absent.message, absent.hint]).toEqual([there.code, there.message, there.hint]);
  });

  it('sends a password by PLAIN over TLS only', () => {
    expect(entered('mongodb://ada:pw@localhost/?authMechanism=PLAIN').message).toMatch(/authmechanism/);
  });

  it('reports a fragment of a password without quoting it', () => {
    expect(entered(`${TLS}&hunter-2-secret!=x`).message).not.toContain('hunter');
  });

  it.each(['%2Ftmp%2Fmongodb-27017.sock', 'mongodb.sock'])('can’t name a socket, which is a file: %s', (host) => {
    expect(entered(`mongodb://${host}`, { allowPlaintext: [host] }).message).toMatch(/socket/);
  });

  it.each([
    '169.254.169.254',
    'db.example,169.254.0.9:27018',
    '[fe80::1]',
    '0xa9fea9fe',
    '0.0.0.0',
    'metadata.google.internal',
  ])('can’t name a link-local address: %s', (hosts) => {
    expect(entered(`mongodb://${hosts}/?tls=true`).message).toMatch(/link-local/);
    expect(() => parse(`mongodb://${hosts}/?tls=true`)).not.toThrow();
  });
});
