import { type Command, InvalidArgumentError } from 'commander';
import { askSecret } from '../ask.js';
import { CliError, EXIT } from '../exit.js';
import type { StorageMode, StorageSettings } from '../gql/graphql.js';
import type { Output } from '../output.js';
import { readVariable } from '../server.js';

interface Setting {
  readonly mode: StorageMode;
  readonly about: string;
  readonly isSecret?: true;
}

/** The settings that can be entered, by their names in the API. */
const SETTINGS: Readonly<Record<string, Setting>> = {
  connectionString: { mode: 'MONGODB', about: 'the address of MongoDB', isSecret: true },
  database: { mode: 'MONGODB', about: 'name of the database' },
  voyageApiKey: { mode: 'MONGODB', about: 'the key of Voyage AI', isSecret: true },
  voyageModel: { mode: 'MONGODB', about: 'model of Voyage AI' },
  voyageBaseUrl: { mode: 'MONGODB', about: 'address of Voyage AI' },
  chromaUrl: { mode: 'LOCAL', about: 'address of a Chroma server' },
  chromaToken: { mode: 'LOCAL', about: 'the token of Chroma', isSecret: true },
  chromaTenant: { mode: 'LOCAL', about: 'tenant of Chroma' },
  chromaDatabase: { mode: 'LOCAL', about: 'database of Chroma' },
  path: { mode: 'FILE', about: 'folder on the server, absolute' },
};

/** The values of options by name: strings; for secrets `true` (to be asked for) or the name of a variable. */
export interface SettingOptions extends Readonly<Record<string, unknown>> {
  readonly mode?: StorageMode;
  readonly unset?: readonly string[];
}

/** Adds options for every setting. Secrets are never arguments: those are visible in the process list and in a shell's history. */
export function withSettings(command: Command): Command {
  for (const [name, { mode, about, isSecret }] of Object.entries(SETTINGS)) {
    const flag = `--${kebab(name)}`;
    const text = `${mode.toLowerCase()}: ${about}`;
    if (!isSecret) command.option(`${flag} <value>`, text);
    else
      command
        .option(flag, `${text}; asked for, or a line of standard input`)
        .option(`${flag}-env <name>`, `${text}, in this environment variable`);
  }
  return command.option('--unset <setting>', 'back to its default, such as voyage-api-key; may be repeated', collect);
}

/** The entered settings, as input of the API; secrets are asked for. @throws CliError unless they are of one mode */
export async function readSettings(output: Output, options: SettingOptions): Promise<StorageSettings> {
  const values: Record<string, string | null> = {};
  for (const name of options.unset ?? []) values[name] = null;
  for (const [name, { isSecret }] of Object.entries(SETTINGS)) {
    const value = isSecret ? await readSecret(output, name, options) : options[name];
    if (typeof value === 'string') values[name] = value;
  }
  const modes = new Set(Object.keys(values).map((name) => SETTINGS[name]!.mode));
  if (options.mode) modes.add(options.mode);
  const [mode] = modes;
  if (mode === undefined || modes.size > 1) {
    throw new CliError(
      EXIT.usage,
      mode === undefined
        ? 'No setting was given, and no mode.'
        : `These settings are of ${modes.size} modes: ${[...modes].join(', ')}.`,
      'Give settings of one mode, or --mode to try out those in force.',
    );
  }
  return { [mode.toLowerCase()]: values } as unknown as StorageSettings;
}

async function readSecret(output: Output, name: string, options: SettingOptions): Promise<string | null> {
  const variable = options[`${name}Env`];
  if (typeof variable !== 'string') {
    const hint = `Type it when asked, put it in a line of standard input, or name an environment variable that holds it with --${kebab(name)}-env.`;
    return options[name] === true ? askSecret(output, kebab(name), hint) : null;
  }
  const value = await readVariable(variable);
  if (value !== null) return value;
  throw new CliError(
    EXIT.usage,
    `The environment variable ${variable} isn't set.`,
    `Set it, or use --${kebab(name)} to be asked.`,
  );
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  const name = Object.keys(SETTINGS).find((each) => kebab(each) === value);
  if (name === undefined)
    throw new InvalidArgumentError(`It is one of ${Object.keys(SETTINGS).map(kebab).join(', ')}.`);
  return [...before, name];
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
