import { z } from 'zod';
import { ACCESS_LEVELS } from '../../domain/access/level.js';
import { permissionNames } from '../../domain/access/permission.js';
import { externalId, idOf, version } from '../../domain/fields/common.js';
import type { InputOf } from '../../domain/fields/derive.js';
import { label, moment, name } from '../../domain/fields/text.js';
import { lookup, MAX_FILTER_TEXT } from './filters.js';

/** UTF-16 code units of a key's name. */
export const MAX_KEY_NAME = 120;
/** Projects that a key names; more are a user's or a role's. */
export const MAX_KEY_PROJECTS = 200;
export const MAX_KEY_ADDRESSES = 100;
/** Characters of a network: 39 of an IPv6 address, or a few more in the form of IPv4, and its length. */
const MAX_ADDRESS = 60;
export const MAX_PER_MINUTE = 100_000;
/** Hours for which a rotated key goes on working. */
export const DEFAULT_OVERLAP_HOURS = 24;
export const MAX_OVERLAP_HOURS = 168;
/** Days of a key's use that are read when nothing is said, and the most. */
export const DEFAULT_USE_DAYS = 30;
export const MAX_USE_DAYS = 366;

const keyName = name(MAX_KEY_NAME);
const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];

export const newApiKey = z.object({
  name: keyName,
  level: z.enum(ACCESS_LEVELS).default('READ'),
  permissions: permissionNames.default([]),
  allPermissions: z.boolean().default(false),
  projectIds: z.array(idOf('project')).min(1).max(MAX_KEY_PROJECTS).transform(distinct).optional(),
  expiresAt: moment.optional(),
  perMinute: z.int().min(1).max(MAX_PER_MINUTE).optional(),
  allowedAddresses: z
    .array(label(MAX_ADDRESS).transform((text) => text.trim()))
    .max(MAX_KEY_ADDRESSES)
    .transform(distinct)
    .default([]),
  ownerId: idOf('user').optional(),
  isService: z.boolean().default(false),
  externalId: externalId.optional(),
});

export const apiKeyUpdate = z.object({ id: idOf('apiKey'), version, name: keyName });

export const keyRotation = z.object({
  id: idOf('apiKey'),
  overlapHours: z.int().min(0).max(MAX_OVERLAP_HOURS).default(DEFAULT_OVERLAP_HOURS),
  expiresAt: moment.optional(),
});

export const keyRevocation = z.object({ id: idOf('apiKey') });

export const apiKeyFilter = z.object({
  ownerId: idOf('user').optional(),
  isService: z.boolean().optional(),
  projectId: idOf('project').optional(),
  isActive: z.boolean().optional(),
  query: lookup(MAX_FILTER_TEXT).optional(),
});

export const useDays = z.int().min(1).max(MAX_USE_DAYS);

/**
 * A key to be made. `permissions`: left out, none; `allPermissions`: all that its owner has, now and later. `projectIds` left
 * out: all of its owner's. `ownerId` left out: the caller's user, if it has one. `isService`: the key has no owner.
 */
export type NewApiKey = InputOf<typeof newApiKey>;
export type ApiKeyUpdate = InputOf<typeof apiKeyUpdate>;
/** `overlapHours`: how long the old key goes on working. `expiresAt` left out: as the old one. */
export type KeyRotation = InputOf<typeof keyRotation>;
/** Filters of a list of keys, all of which must hold. */
export type ApiKeyFilter = z.output<typeof apiKeyFilter>;
