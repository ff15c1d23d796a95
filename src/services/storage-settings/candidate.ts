import { InvalidInputError } from '../../domain/errors.js';
import type { SomeStorageValues, StorageSettingName } from '../../domain/storage-settings.js';
import type { Check } from '../../storage/health.js';
import type { EnteredSettings } from '../input/storage.js';
import { type EffectiveStorage, valuesOf } from './effective.js';
import { SETTING_NAMES, SETTINGS } from './facts.js';

/**
 * The values in force if the entered settings were saved: those left out stay as they are, null is none or the default.
 * @throws InvalidInputError when a secret was left out that isn't known, or that would be sent to another address
 */
export function completeSettings(
  { all }: EffectiveStorage,
  { mode, field, values }: EnteredSettings,
): SomeStorageValues {
  const complete: { [name: string]: unknown } = valuesOf(all);
  const names = SETTING_NAMES.filter((name) => SETTINGS[name].mode === mode);
  for (const name of names) {
    const given = values[name];
    if (given === null) delete complete[name];
    else if (given !== undefined) complete[name] = given;
  }
  for (const name of names) {
    const at = `${field}.${name}`;
    const { isRequired, isSecret, shownTo } = SETTINGS[name];
    if (isRequired && complete[name] === undefined) throw missing(name, at);
    if (!isSecret || values[name] !== undefined) continue;
    if (all[name].isLocked) throw locked(name, at);
    const address = shownTo && complete[shownTo];
    if (shownTo && all[name].value !== null && !isSameHost(address, all[shownTo].value)) throw shown(name, shownTo, at);
  }
  return complete as SomeStorageValues;
}

/** Whether the environment sets it: that value is in force, and none was entered in its place. */
export function isFromEnvironment(
  { all }: EffectiveStorage,
  { values }: EnteredSettings,
  name: StorageSettingName,
): boolean {
  return values[name] === undefined && all[name].source === 'ENVIRONMENT';
}

/** Leaving out a secret must not send it to a new address. No address is the provider's own. */
function isSameHost(address: unknown, before: unknown): boolean {
  if (address === undefined || address === before) return true;
  const origin = (text: unknown) => (typeof text === 'string' && URL.canParse(text) ? new URL(text).origin : null);
  return origin(address) !== null && origin(address) === origin(before);
}

function missing(name: StorageSettingName, field: string): InvalidInputError {
  return new InvalidInputError(`${field} is missing: no ${name} is known yet.`, 'Give it a value.', field);
}

function locked(name: StorageSettingName, field: string): InvalidInputError {
  return new InvalidInputError(
    `${field} is missing: the saved ${name} was encrypted with another key than this server has.`,
    'Give it again, or null for none.',
    field,
  );
}

function shown(name: StorageSettingName, address: StorageSettingName, field: string): InvalidInputError {
  return new InvalidInputError(
    `${field} is missing: the ${name} in force was given for another ${address}, and isn't sent to a new one.`,
    `Give the ${name} for this ${address}, or null for none.`,
    field,
  );
}

/** Shorter texts than this occur by chance. */
const SHORTEST_SECRET = 4;

/** The checks without secrets: the message of a driver or a server may repeat its input. */
export function withoutSecrets(checks: readonly Check[], values: SomeStorageValues): readonly Check[] {
  const secrets = SETTING_NAMES.filter((name) => SETTINGS[name].isSecret)
    .flatMap((name) => {
      const value = values[name];
      return typeof value === 'string' ? [value, ...passwordsIn(value)] : [];
    })
    .filter((secret) => secret.length >= SHORTEST_SECRET);
  const strike = (text: string) => secrets.reduce((left, secret) => left.replaceAll(secret, '…'), text);
  return checks.map((check) => ({
    ...check,
    message: strike(check.message),
    hint: check.hint === null ? null : strike(check.hint),
  }));
}

/** The password in an address, as written and decoded. */
function passwordsIn(address: string): string[] {
  const written = /^[a-z+]+:\/\/[^:/?#]*:(.*)@/i.exec(address)?.[1];
  if (written === undefined) return [];
  try {
    return [written, decodeURIComponent(written)];
  } catch {
    return [written];
  }
}
