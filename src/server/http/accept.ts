/** What a client can read, by its `Accept` header. */
export interface Acceptable {
  /** The media type for a single answer; null when it takes none. */
  readonly json: 'application/json' | 'application/graphql-response+json' | null;
  /** Whether it reads events. */
  readonly events: boolean;
}

const ANYTHING: Acceptable = { json: 'application/json', events: true };
const MAX_KNOWN = 100;
const known = new Map<string | undefined, Acceptable>([[undefined, ANYTHING]]);

/** Clients send the same few headers over and over, so the last hundred are remembered. */
export function acceptable(header: string | undefined): Acceptable {
  let found = known.get(header);
  if (!found) {
    found = parse(header ?? '');
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(header, found);
  }
  return found;
}

function parse(header: string): Acceptable {
  const types = header
    .split(',')
    .map((part) => {
      const [type = '', ...parameters] = part
        .toLowerCase()
        .split(';')
        .map((each) => each.trim());
      const quality = parameters.find((each) => each.startsWith('q='));
      return { type, quality: quality ? Number(quality.slice(2)) : 1 };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ type }) => type);
  const isAny = types.includes('*/*');
  const json = types.find((type) =>
    ['application/json', 'application/graphql-response+json', 'application/*', '*/*'].includes(type),
  );
  return {
    json: json === undefined ? null : json === 'application/graphql-response+json' ? json : 'application/json',
    events: isAny || types.includes('text/event-stream') || types.includes('text/*'),
  };
}
