import { MooringError } from '../../domain/errors.js';
import type { VoyageSettings } from '../../domain/storage-settings.js';
import type { Check, CheckOutcome } from '../../storage/health.js';
import { createVoyageClient, type VoyageClientOptions } from './client.js';
import { voyageModel } from './models.js';

/** The timeout, in ms: as long as a person waits for a result. */
const DEADLINE_MS = 10_000;

/** Tests the key and the model with one tiny embedding, and checks its dimensions. */
export async function checkVoyage(settings: VoyageSettings, options: VoyageClientOptions = {}): Promise<Check> {
  const client = createVoyageClient({ ...settings, deadlineMs: DEADLINE_MS }, options);
  const model = voyageModel(settings.model);
  const began = performance.now();
  const found = (outcome: CheckOutcome, message: string, hint: string | null): Check => {
    return { name: 'EMBEDDING', outcome, ms: Math.round(performance.now() - began), message, hint };
  };
  try {
    await client.embed({ texts: ['Mooring'], model, inputType: 'document' });
    const message = `Voyage AI accepts the key, and ${model.name} returns vectors of ${model.dimensions} dimensions.`;
    if (model.status !== 'UNKNOWN') return found('PASSED', message, null);
    return found('WARNING', `${message} This version doesn't know its price and limits.`, UNKNOWN_HINT);
  } catch (error) {
    if (error instanceof MooringError) return found('FAILED', error.message, error.hint);
    throw error;
  } finally {
    await client.close();
  }
}

const UNKNOWN_HINT = 'It works, but its cost is not recorded. Check VOYAGE_MODEL if the name is a mistake.';
