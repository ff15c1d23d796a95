import { createVault } from '../../src/config/vault.js';
import { fixedKeys } from '../../src/config/vault-keys.js';
import type { StorageMode } from '../../src/domain/project.js';
import type { StorageSettings } from '../../src/domain/storage-settings.js';
import type { StorageControl, StoredProject } from '../../src/modes/contract.js';
import type { StorageParts } from '../../src/services/storage-settings/service.js';
import type { Check } from '../../src/storage/health.js';

/** A fake of the storage modes for tests about what the API says of them, not about what they do. */
export interface StandIn extends StorageControl {
  /** The settings that it works with, newest last. */
  readonly configured: StorageSettings[];
  /** The settings that it was asked to test, newest last. */
  readonly tested: { readonly mode: StorageMode; readonly settings: StorageSettings }[];
  /** What its next tests find; left empty, all passes. */
  readonly checks: Check[];
  /** What is stored in each mode's place. */
  readonly lying: { [M in StorageMode]?: readonly StoredProject[] };
}

export const CHECKED: Check = { name: 'CONNECT', outcome: 'PASSED', ms: 3, message: 'Connected.', hint: null };

export function createStandIn(): StandIn {
  const standIn: StandIn = {
    configured: [],
    tested: [],
    checks: [],
    lying: {},
    describe: (mode) => {
      const settings = standIn.configured.at(-1);
      const isConfigured = mode !== 'MONGODB' || Boolean(settings?.mongo);
      const why = { why: `${mode} isn't configured.`, hint: `Configure ${mode}.` };
      return {
        mode,
        unavailable: isConfigured ? null : why,
        place: { LOCAL: '/data/projects', MONGODB: settings?.mongo?.database ?? null, FILE: '/data/files' }[mode],
        embedder: { name: 'all-MiniLM-L6-v2', dimensions: 384, note: null },
        dollarsPerMillion: 0,
        vectorSearch: 'EMBEDDED',
      };
    },
    health: async (mode) => ({
      mode,
      ok: true,
      isReachable: true,
      latencyMs: 1.5,
      place: `/data/${mode}`,
      collections: [{ name: 'tasks', count: 3 }],
      indexes: { present: ['tasks.status'], missing: ['tasks.createdAt'] },
      pool: mode === 'MONGODB' ? { inUse: 1, idle: 2, max: 10 } : null,
      lastError: null,
      problems: [],
    }),
    repair: async (mode) => [`index tasks.createdAt of ${mode}`],
    test: async (mode, settings) => {
      standIn.tested.push({ mode, settings });
      return standIn.checks.length > 0 ? standIn.checks : [CHECKED];
    },
    check: async () => (standIn.checks.length > 0 ? standIn.checks : [CHECKED]),
    configure: async (settings) => {
      standIn.configured.push(settings);
    },
    stored: async (mode) => standIn.lying[mode] ?? [],
  };
  return standIn;
}

/** What the services need of storage, with a fake of the modes. */
export function storageParts(parts: Partial<StorageParts> = {}): StorageParts {
  return {
    control: createStandIn(),
    vault: createVault(fixedKeys(Buffer.alloc(32, 7))),
    environment: { variables: {} },
    dataDirectory: '/data',
    ...parts,
  };
}
