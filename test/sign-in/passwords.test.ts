import { expect, it } from 'vitest';
import { openCatalog } from '../support/accounts.js';
import { startApp } from '../support/server.js';
import { openBrowser } from '../support/sign-in/browser.js';
import { createPerson } from '../support/sign-in/people.js';
import { makeFolder } from '../support/temporary.js';

const OLD = 'canary-battery-staple';
const NEW = 'canary-anchor-lighthouse';
const VIEWER = '{ viewer { user { id hasPassword } } }';
const SET = `mutation ($input: SetPasswordInput!) {
  setPassword(input: $input) { __typename ... on InvalidInputError { field message } }
}`;
const SIGN_INS = '{ signIns(first: 10) { nodes { id isCurrent } } }';
const END = 'mutation ($input: EndSignInInput!) { endSignIn(input: $input) { __typename } }';

it('a new password signs out all other browsers, as ending their sign-in does, at once', {
  timeout: 60_000,
}, async () => {
  const folder = await makeFolder();
  const app = await startApp(folder);
  const user = await createPerson(await openCatalog(folder), OLD);
  const [here, elsewhere, another] = [openBrowser(app.url), openBrowser(app.url), openBrowser(app.url)];
  for (const browser of [here, elsewhere]) expect((await browser.signIn(user.email!, OLD)).status).toBe(200);
  expect(await here.ask(VIEWER)).toEqual({ viewer: { user: { id: user.id, hasPassword: true } } });

  const wrong = { newPassword: NEW, currentPassword: 'canary-of-somebody' };
  expect(await here.ask(SET, { input: wrong })).toMatchObject({
    setPassword: { __typename: 'InvalidInputError', field: 'currentPassword' },
  });
  const right = { newPassword: NEW, currentPassword: OLD };
  expect(await here.ask(SET, { input: right })).toEqual({ setPassword: { __typename: 'SetPasswordPayload' } });
  expect((await here.post('/graphql', { query: VIEWER })).status).toBe(200);
  expect((await elsewhere.post('/graphql', { query: VIEWER })).status).toBe(401);
  expect(await here.ask(SET, { input: right })).toMatchObject({ setPassword: { field: 'currentPassword' } });

  expect((await another.signIn(user.email!, NEW)).status).toBe(200);
  const { signIns } = await another.ask<{ signIns: { nodes: { id: string; isCurrent: boolean }[] } }>(SIGN_INS);
  expect(signIns.nodes.map(({ isCurrent }) => isCurrent)).toEqual([true, false]);
  const ended = await another.ask(END, { input: { id: signIns.nodes[1]!.id } });
  expect(ended).toEqual({ endSignIn: { __typename: 'EndSignInPayload' } });
  expect((await here.post('/graphql', { query: VIEWER })).status).toBe(401);
  expect((await another.post('/graphql', { query: VIEWER })).status).toBe(200);
});
