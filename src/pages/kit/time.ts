/** A time as people read it, to the minute, in UTC: the server doesn't know where its reader is. */
export const dayOf = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
