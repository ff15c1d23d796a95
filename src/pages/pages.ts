import { accountPage } from './account/account.js';
import { consentPage } from './consent/consent.js';
import type { PageHandler } from './contract.js';
import { devicePage } from './device/device.js';
import { linkPage } from './link/link.js';
import { loginPage } from './login/login.js';
import { problemPage } from './problem/problem.js';
import { setupPage } from './setup/setup.js';

/** The server's small pages. */
export const PAGES: readonly PageHandler[] = [
  accountPage,
  consentPage,
  devicePage,
  linkPage,
  loginPage,
  problemPage,
  setupPage,
];
