import { isAbsolute, resolve } from 'node:path';
import { z } from 'zod';
import { idOf, MAX_LABEL, MAX_PATH } from '../../domain/fields/common.js';
import type { InputOf } from '../../domain/fields/derive.js';
import { type Refusal, refuse } from '../../domain/fields/parse.js';
import { MAX_URL, name } from '../../domain/fields/text.js';
import { isReservedDatabase } from '../../domain/place.js';
import { projectPath, STORAGE_MODES, type StorageMode } from '../../domain/project.js';
import type { StorageSettingName } from '../../domain/storage-settings.js';

/** No check below repeats the value that it refuses: it may be or contain a secret. */

/** MongoDB accepts 63 bytes, and none of these characters on any system. */
const DATABASE = /^[^\s/\\."$*<>:|?\0]{1,63}$/;

const entered = <T extends z.ZodType>(schema: T) => schema.nullable().optional();
const text = (max: number, check: (value: string) => Refusal | null = () => null) =>
  entered(name(max).superRefine(refuse(check)));

/** The address of a server. */
const address = text(MAX_URL, (value) => {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (!url || !/^https?:$/.test(url.protocol)) {
    return { message: "isn't the address of a server", hint: 'Give it whole, such as https://db.example:8000.' };
  }
  if (url.username || url.password || url.search || url.hash) {
    return {
      message: 'carries more than an address: a user, a password, a query or a fragment',
      hint: 'Give the address alone. The key or the token has a field of its own, which is kept secret.',
    };
  }
  return null;
});

const database = text(63, (value) =>
  DATABASE.test(value) && Buffer.byteLength(value) <= 63 && !isReservedDatabase(value)
    ? null
    : {
        message: "isn't a name that a database can have",
        hint: "Use letters, digits, - and _, at most 63, such as mooring. Admin, config and local are MongoDB's own.",
      },
);

const folder = entered(
  name(MAX_PATH)
    .superRefine(
      refuse((value) =>
        isAbsolute(value)
          ? null
          : { message: "isn't absolute", hint: "Give the whole path of the folder, from the server's root." },
      ),
    )
    .transform((value) => resolve(value)),
);

const mongodb = z.object({
  connectionString: text(8_192),
  database,
  voyageApiKey: text(MAX_LABEL),
  voyageModel: text(100),
  voyageBaseUrl: address,
});
const local = z.object({
  chromaUrl: address,
  chromaToken: text(8_192),
  chromaTenant: text(512),
  chromaDatabase: text(512),
});
const file = z.object({ path: folder });

/** What was entered of one mode's settings: left out (undefined), null, or a value. */
export interface EnteredSettings {
  readonly mode: StorageMode;
  /** Where in the input they are, for errors. */
  readonly field: string;
  readonly values: { readonly [S in StorageSettingName]?: string | null | undefined };
}

const settings = z
  .object({ mongodb: mongodb.nullish(), local: local.nullish(), file: file.nullish() })
  .superRefine(
    refuse((given) =>
      Object.values(given).filter((each) => each != null).length === 1
        ? null
        : { message: 'must be of exactly one mode', hint: 'Give one of mongodb, local and file.' },
    ),
  )
  .transform(({ mongodb, local, file }): EnteredSettings => {
    if (mongodb) return { mode: 'MONGODB', field: 'settings.mongodb', values: mongodb };
    if (local) return { mode: 'LOCAL', field: 'settings.local', values: local };
    return { mode: 'FILE', field: 'settings.file', values: file ?? {} };
  });

export const storageTest = z.object({ settings });
/**
 * Settings of exactly one mode. A setting that is left out stays as it is in force; null means none, or the default.
 */
export type StorageInput = InputOf<typeof storageTest>;
export const storageToSave = z.object({ settings, token: z.string() });
export const storageChoice = z.object({ mode: z.enum(STORAGE_MODES) });
export const attachment = z.object({
  mode: z.enum(STORAGE_MODES),
  projectId: idOf('project'),
  path: projectPath.nullable().optional(),
});
/** A project to attach. `path`: of the working directory on this machine; left out: none. */
export type NewAttachment = InputOf<typeof attachment>;
