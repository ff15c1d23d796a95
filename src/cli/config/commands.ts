import type { Command } from 'commander';
import { plural } from '../amounts.js';
import { confirm } from '../ask.js';
import { CliError, EXIT, type ExitCode, payloadOf } from '../exit.js';
import type { StorageMode, StorageSettings } from '../gql/graphql.js';
import { printChecks } from '../migrate/estimate.js';
import { acting, parseMode, type Session, withGlobalOptions } from '../session.js';
import { GetConfig, GetHealth, RemoveConfig, SaveConfig, TestConfig } from './documents.js';
import { readSettings, type SettingOptions, withSettings } from './settings.js';
import { printHealth, printMode, printModes } from './show.js';

interface ModeOption {
  readonly mode?: StorageMode;
  readonly yes?: boolean;
}

/** `mooring config …` */
export function addConfigCommands(program: Command): void {
  const config = program
    .command('config')
    .description('Shows, tries out, saves and removes the settings of the places where projects live.')
    .addHelpText('after', EXAMPLES);
  const command = (name: string, description: string) =>
    withGlobalOptions(config.command(name)).description(description);
  const mode = ['--mode <mode>', 'local, mongodb or file', parseMode] as const;

  command('status', 'Shows what each mode is made of, and by which settings. Of secrets, whether they are set.')
    .option(...mode)
    .action(acting(showConfig));
  withSettings(command('test', 'Tries out settings and shows every check. Nothing is saved.').option(...mode)).action(
    acting(testConfig),
  );
  withSettings(
    command('save', 'Tries out settings and, when no check failed, saves them: effective at once.').option(...mode),
  )
    .option('--yes', 'without asking, also when projects live where the settings so far say')
    .action(acting(saveConfig));
  command('remove', 'Removes what is saved of a mode, for good. Refused while projects live there.')
    .requiredOption(...mode)
    .option('--yes', "without asking; without a terminal it isn't done otherwise")
    .action(acting(removeConfig));
  command('health', 'Shows how the places are doing. With --mode it ends with 1 when that one has a problem.')
    .option(...mode)
    .action(acting(showHealth));
}

async function showConfig({ api, output }: Session, { mode }: ModeOption): Promise<undefined> {
  const { storageConfig } = await api.run(GetConfig, {});
  const modes = storageConfig.modes.filter((each) => mode === undefined || each.mode === mode);
  for (const each of modes) output.json(each);
  printModes(output, modes);
}

async function showHealth({ api, output }: Session, { mode }: ModeOption): Promise<ExitCode> {
  const { storageHealth } = await api.run(GetHealth, { mode: mode ?? null });
  for (const each of storageHealth) output.json(each);
  printHealth(output, storageHealth);
  return mode === undefined || storageHealth.every(({ ok }) => ok) ? EXIT.done : EXIT.failed;
}

async function testConfig(session: Session, options: SettingOptions): Promise<ExitCode> {
  const { passed } = await test(session, await readSettings(session.output, options));
  return passed ? EXIT.done : EXIT.failed;
}

async function test({ api, output }: Session, settings: StorageSettings) {
  const tested = payloadOf((await api.run(TestConfig, { input: { settings } })).testStorageConfig);
  const { token, ...shown } = tested;
  output.json({ type: 'test', ...shown });
  printChecks(output, tested.checks);
  return tested;
}

async function saveConfig(session: Session, options: SettingOptions & ModeOption): Promise<undefined> {
  const { api, output } = session;
  const settings = await readSettings(output, options);
  const { token, projectIds } = await test(session, settings);
  if (!token)
    throw new CliError(EXIT.failed, 'Nothing was saved: a check failed.', 'Fix the reported problem, and save again.');
  if (projectIds.length > 0) {
    output.line(`\n${plural(projectIds.length, 'project')} would be looked for elsewhere: ${projectIds.join(', ')}`);
    await confirm(output, 'Save all the same?', options.yes ?? false);
  }
  const { config } = payloadOf((await api.run(SaveConfig, { input: { settings, token } })).saveStorageConfig);
  output.json({ type: 'saved', ...config });
  output.line('\nSaved.');
  printMode(output, config);
}

async function removeConfig({ api, output }: Session, { mode, yes = false }: ModeOption): Promise<undefined> {
  await confirm(output, `Remove what is saved of ${mode}, for good?`, yes);
  const input = { mode: mode! };
  const { config } = payloadOf((await api.run(RemoveConfig, { input })).removeStorageConfig);
  output.json({ type: 'removed', ...config });
  output.line('Removed.');
  printMode(output, config);
}

const EXAMPLES = `
Secrets are never arguments. They are asked for, or read from standard input or from a variable that you name:
  mooring config test --connection-string
  mooring config save --connection-string-env ATLAS_URL --database notes
  pass show atlas | mooring config save --connection-string
  mooring config save --path /srv/notes
  mooring config save --unset voyage-api-key`;
