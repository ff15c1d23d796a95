import { join } from 'node:path';
import { reasonOf } from './install-once.js';
import { installPython } from './python.js';

/** A fuzzer that knows GraphQL schemas. Fetched by the first test that wants it. */
const SCHEMATHESIS = 'schemathesis==4.32.5';

const found = await find();

/** Why it can't be had here; null when it can. */
export const schemathesisUnavailable: string | null = 'reason' in found ? found.reason : null;

async function find(): Promise<{ readonly path: string } | { readonly reason: string }> {
  try {
    return { path: join(await installPython('schemathesis', SCHEMATHESIS), 'schemathesis') };
  } catch (error) {
    if (process.env.CI === 'true') throw error;
    return { reason: `${SCHEMATHESIS} could not be installed: ${reasonOf(error)}` };
  }
}

if (schemathesisUnavailable) console.warn(`The fuzzer's test is skipped: ${schemathesisUnavailable}`);

/** Its program. */
export function schemathesis(): string {
  if ('reason' in found) throw new Error(found.reason);
  return found.path;
}
