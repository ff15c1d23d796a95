import { type Redaction, type SecretPolicy, sumOfRedactions } from '../../domain/fields/redaction.js';
import type { Project } from '../../domain/project.js';
import type { RecordBase } from '../../domain/record.js';
import type { Scanner } from '../../screening/scanner.js';
import { type Redacted, redact, screen } from '../../screening/screen-record.js';
import { projects } from '../../storage/collections.js';
import type { Json } from '../../util/json/json.js';
import type { RecordDraft, Rules } from './rules/contract.js';
import type { StoreRoute } from './store-router.js';

/** Keeps secrets out of one write. */
export interface WriteScreen {
  /**
   * Drafts of creations and changes as they may be saved. What an earlier attempt of the write has scanned isn't scanned again.
   * @throws SecretRefusedError
   */
  drafts<T extends RecordBase, D extends RecordDraft<T>>(
    rules: Pick<Rules<T>, 'spec'>,
    route: StoreRoute,
    drafts: readonly D[],
  ): Promise<readonly D[]>;
  /** What was redacted since `restart`. */
  redactions(): readonly Redaction[];
  /** Begins a new attempt. */
  restart(): void;
}

/** A route with the screen of the write that takes it. */
export type ScreenedRoute<S extends StoreRoute = StoreRoute> = S & { readonly screen: WriteScreen };

/** What is done about secrets, and who finds them. */
export interface ScreenOptions {
  readonly scanner: Pick<Scanner, 'redact'>;
  /** The policy of projects that have none of their own. */
  readonly policy: SecretPolicy;
}

/** Redacts, on this thread. */
export const DEFAULT_SCREEN: ScreenOptions = {
  scanner: { redact: async (values) => values.map(redact) },
  policy: 'REDACT',
};

/** The screen of one write, in all its attempts. */
export function createWriteScreen({ scanner, policy }: ScreenOptions): WriteScreen {
  /** What was scanned already. A retry has the same texts. */
  const scanned = new Map<Json, Redacted>();
  let found: (readonly Redaction[])[] = [];

  async function redactAll(values: readonly Json[]): Promise<void> {
    const missing = [...new Set(values)].filter((value) => !scanned.has(value));
    if (missing.length === 0) return;
    const redacted = await scanner.redact(missing);
    for (const [index, value] of missing.entries()) scanned.set(value, redacted[index]!);
  }

  return {
    async drafts(rules, route, drafts) {
      const collection = rules.spec.name;
      const screenings = drafts.map((draft) => {
        const { before, after, field } = draft;
        const own = collection === projects.name ? (after as unknown as Project).secrets : route.secrets;
        return screen({ collection, before, after, policy: own ?? policy, path: field });
      });
      await redactAll(screenings.flatMap(({ values }) => values));
      return drafts.map((draft, index) => {
        const { values, finish } = screenings[index]!;
        const { record, redactions } = finish(values.map((value) => scanned.get(value)!));
        found.push(redactions);
        return record === draft.after ? draft : { ...draft, after: record };
      });
    },
    redactions: () => sumOfRedactions(found),
    restart() {
      found = [];
    },
  };
}
