import type { Command } from 'commander';
import { addAdminCommands } from './admin.js';
import { addAuditCommand } from './audit.js';
import { addGrantCommands } from './grants.js';
import { addKeyCommands } from './keys.js';
import { addLoginCommands } from './login.js';
import { addRoleCommands } from './roles.js';
import { addUserCommands } from './users.js';

/** The commands about who may do what, and who did. */
export function addPeopleCommands(program: Command): void {
  addLoginCommands(program);
  addAdminCommands(program);
  addUserCommands(program);
  addRoleCommands(program);
  addGrantCommands(program);
  addKeyCommands(program);
  addAuditCommand(program);
}
