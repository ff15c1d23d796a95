import { z } from 'zod';
import { idOf } from '../../domain/fields/common.js';
import type { InputOf } from '../../domain/fields/derive.js';
import { givenPassword, newPassword } from '../../domain/fields/password.js';
import type { NewUser } from './people.js';

export const passwordChange = z.object({ newPassword, currentPassword: givenPassword.optional() });
export const linkUse = z.object({ token: z.string(), newPassword });
export const passwordReset = z.object({ userId: idOf('user') });

export type NewPassword = InputOf<typeof passwordChange>;
export type LinkUse = InputOf<typeof linkUse>;
export type PasswordReset = InputOf<typeof passwordReset>;
export type InvitedUser = NewUser;
