import { join } from 'node:path';
import type { Entry } from './entries.js';
import { hookEntries } from './hooks.js';
import type { Places } from './places.js';
import type { Target } from './plan.js';
import { JSON_TEXT } from './text/json.js';
import { TOML_TEXT } from './text/toml.js';

/** The hosts of agents: which files configure them, and what belongs in those. */

export type HostName = 'claude-code' | 'cursor' | 'vscode' | 'codex';
/** For the user, or for the project in whose folder the command runs. */
export type Scope = 'user' | 'project';

/** What a host can be told. */
export interface Host {
  readonly title: string;
  /** The file that names the servers of tools. */
  tools(scope: Scope, places: Places): Target;
  /** The file with the hooks that capture; null when the host has none of its own that Mooring reads. */
  hooks(scope: Scope, places: Places, isAll: boolean): Target | null;
  /** What the user has to know, as it isn't in these files. */
  remarks(scope: Scope, isCapturing: boolean): readonly string[];
}

/** A user's configuration may hold secrets; a project's is shared. */
const MODES = { user: 0o600, project: 0o644 } as const;

// biome-ignore lint/suspicious/noTemplateCurlyInString: the hosts replace it, by the folder that is open
const WORKSPACE = '${workspaceFolder}';

const server = (table: string, value: Entry['value']): Entry => ({ at: [table, 'mooring'], isElement: false, value });

export const HOST: Readonly<Record<HostName, Host>> = {
  'claude-code': {
    title: 'Claude Code',
    tools: (scope, { project, userHome, claudeHome, program }) => ({
      path: scope === 'project' ? join(project, '.mcp.json') : join(claudeHome ?? userHome, '.claude.json'),
      format: JSON_TEXT,
      entries: [server('mcpServers', { command: 'node', args: [program, 'mcp'], alwaysLoad: true })],
      mode: MODES[scope],
    }),
    hooks: (scope, { project, userHome, claudeHome, program }, isAll) => ({
      path: join(
        scope === 'project' ? join(project, '.claude') : (claudeHome ?? join(userHome, '.claude')),
        'settings.json',
      ),
      format: JSON_TEXT,
      entries: hookEntries('claude-code', program, isAll),
      mode: MODES[scope],
    }),
    remarks: (scope) =>
      scope === 'project' ? ['Claude Code asks once whether the servers of a project may run.'] : [],
  },

  cursor: {
    title: 'Cursor',
    tools: (scope, { project, userHome, program }) => ({
      path: join(scope === 'project' ? project : userHome, '.cursor', 'mcp.json'),
      format: JSON_TEXT,
      entries: [server('mcpServers', { command: 'node', args: [program, 'mcp', '--project', WORKSPACE] })],
      mode: MODES[scope],
    }),
    hooks: () => null,
    remarks: (scope, isCapturing) =>
      isCapturing
        ? [
            `Nothing is captured yet: Cursor runs the hooks of Claude Code. Add them with \`mooring setup claude-code --${scope} --capture\`, and allow third-party configurations in Cursor's settings.`,
          ]
        : [],
  },

  vscode: {
    title: 'VS Code',
    tools: (scope, { project, codeHome, program }) => ({
      path: scope === 'project' ? join(project, '.vscode', 'mcp.json') : join(codeHome, 'mcp.json'),
      format: JSON_TEXT,
      entries: [
        server('servers', {
          type: 'stdio',
          command: 'node',
          args: [program, 'mcp', '--project', WORKSPACE],
        }),
      ],
      mode: MODES[scope],
    }),
    hooks: (scope, { project, userHome, program }, isAll) => ({
      path: join(scope === 'project' ? join(project, '.github') : join(userHome, '.copilot'), 'hooks', 'mooring.json'),
      format: JSON_TEXT,
      entries: hookEntries('vscode', program, isAll),
      mode: MODES[scope],
    }),
    remarks: (_, isCapturing) =>
      isCapturing ? ['Hooks are a preview in VS Code, which an organization may have turned off.'] : [],
  },

  codex: {
    title: 'Codex',
    tools: (scope, { project, codexHome, program }) => ({
      path: join(scope === 'project' ? join(project, '.codex') : codexHome, 'config.toml'),
      format: TOML_TEXT,
      entries: [server('mcp_servers', { command: 'node', args: [program, 'mcp'] })],
      mode: MODES[scope],
    }),
    hooks: (scope, { project, codexHome, program }, isAll) => ({
      path: join(scope === 'project' ? join(project, '.codex') : codexHome, 'hooks.json'),
      format: JSON_TEXT,
      entries: hookEntries('codex', program, isAll),
      mode: MODES[scope],
    }),
    remarks: (scope, isCapturing) => [
      ...(scope === 'project' ? ['Codex reads the configuration of projects that you trust.'] : []),
      ...(isCapturing ? ['Codex runs new hooks once you trust them: see /hooks there.'] : []),
    ],
  },
};
