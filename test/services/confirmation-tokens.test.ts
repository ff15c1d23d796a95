import { describe, expect, it } from 'vitest';
import {
  createFinalizeTokens,
  createPurgeTokens,
  createStorageTokens,
} from '../../src/services/confirmation-tokens.js';
import { createSigner } from '../../src/util/signer.js';

describe('a token', () => {
  const secret = Buffer.from('a secret of tests');
  const { sign } = createSigner(secret);

  it('has a stable form: those issued before a restart are valid after it', () => {
    const purge = createPurgeTokens(secret).issue({ id: 'tsk_1', version: 2 }, 0).token;
    expect(purge).toBe(`2.600000.${sign('purge tsk_1 2 600000')}`);
    const finalize = createFinalizeTokens(secret).issue({ id: 'mig_1', phase: 'MOVED' }, 0).token;
    expect(finalize).toBe(`600000.${sign('finalize mig_1 MOVED 600000')}`);
    const storage = createStorageTokens(secret).issue({ mode: 'FILE', values: { path: '/data' } }, 0).token;
    expect(storage).toBe(`600000.${sign('storage ["FILE",[["path","/data"]],600000]')}`);
  });

  it('of one action confirms no other', () => {
    const { token } = createFinalizeTokens(secret).issue({ id: 'mig_1', phase: 'MOVED' }, 0);
    const target = { id: 'mig_1', version: 1 };
    expect(() => createPurgeTokens(secret).verify(token, target, 0)).toThrow("isn't one that confirms a purge");
    expect(() => createPurgeTokens(secret).verify(`1.${token}`, target, 0)).toThrow("doesn't confirm a purge of mig_1");
  });
});
