import { randomUUID } from 'node:crypto';

/** This process, among all that ever have its number or its port. */
export const INSTANCE = randomUUID();
/** The header in which `/health` says which process answers. */
export const INSTANCE_HEADER = 'mooring-instance';
