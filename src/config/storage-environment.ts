import { isAbsolute } from 'node:path';
import type { StorageMode } from '../domain/project.js';
import type { StorageEnvironment, StorageSettingName, StorageValues } from '../domain/storage-settings.js';
import { wasUtf8 } from '../util/text/utf8.js';

/** The storage settings of the environment. A mistake in them stops no server: only its mode can't be used. */
export interface StorageVariables {
  readonly environment: StorageEnvironment;
  /** Why a mode can't be used, and what to do; absent for usable modes. */
  readonly faults: { readonly [M in StorageMode]?: { readonly why: string; readonly hint: string } };
}

interface Variable<S extends StorageSettingName> {
  /** Its names; the first that is set counts. */
  readonly names: readonly string[];
  readonly mode: StorageMode;
  /** @throws Error saying what the variable must be */
  readonly parse: (value: string) => StorageValues[S];
}

const text = (value: string): string => value;

const VARIABLES: { readonly [S in StorageSettingName]: Variable<S> } = {
  connectionString: { names: ['MONGODB_CONNECTION_STRING', 'MONGODB_URI'], mode: 'MONGODB', parse: text },
  database: { names: ['MONGODB_DATABASE_NAME', 'MONGODB_DATABASE'], mode: 'MONGODB', parse: text },
  maxPoolSize: { names: ['MONGODB_MAX_POOL_SIZE'], mode: 'MONGODB', parse: poolSize },
  allowPlaintext: { names: ['MONGODB_ALLOW_PLAINTEXT'], mode: 'MONGODB', parse: hosts },
  voyageApiKey: { names: ['VOYAGE_AI_API_KEY'], mode: 'MONGODB', parse: text },
  voyageModel: { names: ['VOYAGE_MODEL'], mode: 'MONGODB', parse: text },
  voyageBaseUrl: { names: ['VOYAGE_BASE_URL'], mode: 'MONGODB', parse: url },
  chromaUrl: { names: ['CHROMA_URL'], mode: 'LOCAL', parse: url },
  chromaToken: { names: ['CHROMA_TOKEN'], mode: 'LOCAL', parse: text },
  chromaTenant: { names: ['CHROMA_TENANT'], mode: 'LOCAL', parse: text },
  chromaDatabase: { names: ['CHROMA_DATABASE'], mode: 'LOCAL', parse: text },
  path: { names: ['FILE_STORE_PATH'], mode: 'FILE', parse: absolutePath },
};

/** Reads the variables of storage; an empty one counts as unset. Faults never quote values: they may be secrets. */
export function readStorageVariables(given: Readonly<Record<string, string | undefined>>): StorageVariables {
  const values: Record<string, unknown> = {};
  const variables: Record<string, string> = {};
  const faults: { [M in StorageMode]?: { why: string; hint: string } } = {};
  for (const [setting, { names, mode, parse }] of Object.entries(VARIABLES)) {
    const set = names.filter((name) => given[name]);
    const [name, other] = set;
    if (name === undefined) continue;
    try {
      if (other !== undefined && given[other] !== given[name]) throw new Error(`and ${other} are both set, and differ`);
      if (!wasUtf8(given[name]!)) throw new Error('must be in UTF-8');
      values[setting] = parse(given[name]!.trim());
      variables[setting] = name;
    } catch (error) {
      const why = `the environment variable ${name} ${error instanceof Error ? error.message : 'is wrong'}.`;
      faults[mode] ??= { why, hint: `Set ${name} right, or unset it, and start the server again.` };
    }
  }
  return { environment: { ...values, variables }, faults };
}

function poolSize(value: string): number {
  const size = Number(value);
  if (!Number.isInteger(size) || size < 1 || size > 1_000) throw new Error('must be a whole number from 1 to 1000');
  return size;
}

function hosts(value: string): readonly string[] {
  const names = value
    .split(',')
    .map((each) => each.trim().toLowerCase())
    .filter(Boolean);
  if (!names.every((each) => /^[a-z\d._-]+$|^[\da-f:]+$/.test(each))) {
    throw new Error('must be names of hosts with commas between, such as mongo,10.0.0.5');
  }
  return names;
}

function url(value: string): string {
  if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) {
    throw new Error('must be an address that begins with https:// (or http:// on this machine)');
  }
  return value;
}

function absolutePath(value: string): string {
  if (!isAbsolute(value)) throw new Error('must be the absolute path of a folder');
  return value;
}
