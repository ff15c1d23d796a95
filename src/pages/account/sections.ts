import { passkeysSection } from '../passkeys/section.js';
import { passwordSection } from './password.js';
import { profileSection } from './profile.js';
import { programsSection } from './programs.js';
import { secondFactorSection } from './second-factor.js';
import type { Section } from './section.js';
import { signInsSection } from './sign-ins.js';

/** What the page of an account shows, from top to bottom. */
export const SECTIONS: readonly Section[] = [
  profileSection,
  passwordSection,
  passkeysSection,
  secondFactorSection,
  signInsSection,
  programsSection,
];
