/** What the library adds to the question of a program when it leads to this page; it asks anew afterwards. */
const ADDED = ['sig', 'exp', 'ba_iat', 'ba_pl', 'ba_param'];
/** Wishes that are fulfilled once somebody has signed in. */
const FULFILLED = ['login', 'create'];

/**
 * Where to go after signing in: where the address says, or back to the question of a program that wants to be let in, whole;
 * null: nowhere in particular.
 */
export function nextOf(query: URLSearchParams): string | null {
  if (!isQuestion(query)) return query.get('next');
  const question = new URLSearchParams(query);
  for (const name of [...ADDED, 'max_age']) question.delete(name);
  const prompt = wishesIn(query).filter((wish) => !FULFILLED.includes(wish));
  if (prompt.length > 0) question.set('prompt', prompt.join(' '));
  else question.delete('prompt');
  return `/auth/oauth2/authorize?${question}`;
}

/** Whether who is signed in has to do it again: a program may ask for that. */
export function mustSignInAgain(query: URLSearchParams): boolean {
  return isQuestion(query) && (query.has('max_age') || wishesIn(query).some((wish) => FULFILLED.includes(wish)));
}

const isQuestion = (query: URLSearchParams): boolean => query.has('sig') && query.has('client_id');

const wishesIn = (query: URLSearchParams): readonly string[] => (query.get('prompt') ?? '').split(' ').filter(Boolean);
