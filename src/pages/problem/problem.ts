import type { PageHandler } from '../contract.js';
import type { Html } from '../kit/html.js';
import { problemNote } from '../kit/notes.js';

/** Says why a program, or another server, can't be answered: to an address that nobody vouches for, nothing is sent. */
export const problemPage: PageHandler = {
  path: '/problem',
  methods: 'GET',
  answer: async ({ query }) => ({
    status: 400,
    page: {
      title: 'That didn’t work',
      // Of the address, which anybody can write, nothing is repeated.
      body: problemNote(PROBLEMS.get(query.get('error') ?? '') ?? OTHER) as Html,
    },
  }),
};

const PROBLEMS: ReadonlyMap<string, string> = new Map([
  [
    'invalid_client',
    'This server does not know the program that asks: it can’t read the document in which the program says what it is, or the program has to be registered first.',
  ],
  ['client_disabled', 'The program that asks is blocked on this server.'],
  [
    'invalid_redirect',
    'The program asks to be answered at an address that it has not named before, so it gets no answer.',
  ],
  ['unauthorized_client', 'The program that asks can’t be let in: it is not one that acts for people.'],
]);
const OTHER = 'The question can’t be answered. Start again where you came from.';
