/** Any JSON value: what records hold, what a log entry's images are, what a client's metadata may be. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: Json;
}
