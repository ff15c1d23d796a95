import { describe, expect, it } from 'vitest';
import { networkOf, parseAddresses, plainAddress } from '../../../src/domain/access/addresses.js';
import { InvalidInputError } from '../../../src/domain/errors.js';

describe('a list of addresses', () => {
  it.each([
    [['192.0.2.7'], '192.0.2.7', true],
    [['192.0.2.7'], '192.0.2.8', false],
    [['192.0.2.7'], '::ffff:192.0.2.7', true],
    [['::ffff:192.0.2.7'], '192.0.2.7', true],
    [['10.0.0.0/8'], '10.255.1.2', true],
    [['10.0.0.0/8'], '::ffff:10.1.2.3', true],
    [['::ffff:10.0.0.0/104'], '10.1.2.3', true],
    [['10.0.0.0/8'], '11.0.0.1', false],
    [['2001:db8::/32'], '2001:db8:1::7', true],
    [['2001:db8::/32'], '2001:db9::1', false],
    [['fe80::1'], 'fe80::1%eth0', true],
    [['::1', '127.0.0.0/8'], '127.0.0.1', true],
    [['0.0.0.0/0'], '8.8.8.8', true],
    [['0.0.0.0/0'], '2001:db8::1', false],
    [[' 10.0.0.1 '], '10.0.0.1', true],
    [['10.0.0.1'], '', false],
    [['10.0.0.1'], 'localhost', false],
    [[], '10.0.0.1', false],
  ] as const)('%j and %s: %s', (entries, address, isIn) => {
    expect(parseAddresses(entries).includes(address)).toBe(isIn);
  });

  it.each([
    'localhost',
    '10.0.0',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/-1',
    '10.0.0.0/8/8',
    '10.0.0.0/255.0.0.0',
    '2001:db8::/129',
    '::ffff:10.0.0.0/90',
    'fe80::1%eth0',
    '',
  ])('refuses %j, and names its place without repeating it', (entry) => {
    const parse = () => parseAddresses(['10.0.0.1', entry], 'input.allowedAddresses');
    expect(parse).toThrow(InvalidInputError);
    expect(parse).toThrow(/input\.allowedAddresses\.1/);
  });
});

it('shows an IPv4 address as IPv4, whichever socket it came by', () => {
  expect(['::ffff:10.0.0.1', '::FFFF:10.0.0.1', '10.0.0.1', '::1', 'fe80::1%2'].map(plainAddress)).toEqual([
    '10.0.0.1',
    '10.0.0.1',
    '10.0.0.1',
    '::1',
    'fe80::1',
  ]);
});

describe('the network of an address, all of whose addresses one client may have', () => {
  it.each([
    ['2001:DB8:0:12::1', '2001:db8:0:12::/64'],
    ['2001:db8:0:12:aaaa:bbbb:cccc:dddd', '2001:db8:0:12::/64'],
    ['2001:db8:1:3::3', '2001:db8:1:3::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001::2:3:4:5:6:7', '2001:0:2:3::/64'],
    ['::2:3:4:5:6:7', '0:0:2:3::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '::1'],
    ['::ffff:10.1.2.3', '10.1.2.3'],
    ['10.0.0.2', '10.0.0.2'],
    ['', ''],
  ])('of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
