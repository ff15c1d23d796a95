import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Browser, chromium, type Page, startChromium } from '../support/machine/browser.js';
import { startToyServer, type ToyServer } from '../support/toys/server.js';

describe.skipIf(chromium === null)('the explorer in Chromium', () => {
  let toy: ToyServer;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    toy = await startToyServer();
    browser = await startChromium(chromium!);
  });
  afterEach(() => {
    // What the page's policy refuses is one of them.
    expect(page.complaints).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await toy?.server.close();
  });

  /** Opens a link to a query, and puts the cursor where it ends. */
  async function show(query: string): Promise<void> {
    page = await browser.open(`${toy.url}/graphql?query=${encodeURIComponent(query)}`);
    await page.until(`document.querySelector('.graphiql-query-editor .view-lines')?.textContent.includes('{')`);
    // The button exists from the start, and does nothing before the schema is loaded.
    await page.until(`document.querySelector('.graphiql-query-editor textarea, .native-edit-context')`);
    await page.evaluate(`document.querySelector('.graphiql-query-editor textarea, .native-edit-context').focus()`);
  }
  const click = (label: string) => page.evaluate(`document.querySelector('button[aria-label^="${label}"]').click()`);
  const response = `document.querySelector('.graphiql-response .view-lines')?.textContent.replaceAll('\\u00a0', ' ')`;

  test('runs a query', async () => {
    await show('{ whoami }');
    await click('Execute query');
    await page.until(`${response}?.includes('"whoami": "anonymous"')`);
  });

  test('follows a subscription, by a request like the others', async () => {
    await show('subscription { ticks { n } }');
    await click('Execute query');
    await expect.poll(() => toy.toys.followers).toBe(1);
    toy.toys.publish(7);
    await page.until(`${response}?.includes('"n": 7')`);
    toy.toys.publish(8);
    await page.until(`${response}?.includes('"n": 8')`);
    await click('Stop query');
    await expect.poll(() => toy.toys.followers).toBe(0);
  });

  test('sends the headers that are given, and keeps no key in the browser', async () => {
    await show('{ whoami }');
    const tab = (name: string) =>
      `[...document.querySelectorAll('button')].find((each) => each.innerText === '${name}')`;
    await page.until(tab('Headers'));
    await page.evaluate(`${tab('Headers')}.click()`);
    const editor = `document.querySelector('.graphiql-editor-tool .graphiql-editor:not(.hidden) :is(textarea, .native-edit-context)')`;
    await page.until(editor);
    await page.evaluate(`${editor}.focus()`);
    await page.type('{ "mooring-actor": "ada", "authorization": "Bearer mor_canary" }');
    await click('Execute query');
    await page.until(`${response}?.includes('"whoami": "ada"')`);
    // The tab is stored a moment after it changed, its headers with its query if at all.
    await page.evaluate(`document.querySelector('.graphiql-query-editor :is(textarea, .native-edit-context)').focus()`);
    await page.type(' # later');
    await page.until(`localStorage.getItem('graphiql:tabState')?.includes('later')`);
    expect(await page.evaluate('JSON.stringify(localStorage)')).not.toContain('canary');
  });

  test('shows the documentation', async () => {
    await show('{ whoami }');
    await click('Show Documentation Explorer');
    await page.until(`document.querySelector('.graphiql-plugin')?.textContent.includes('BuildInput')`);
  });

  test('completes and checks what is typed, in workers loaded from the server itself', async () => {
    await show('{ nothing }');
    await page.until(`document.querySelector('.graphiql-query-editor .squiggly-error')`);
    await page.press('a', { control: true });
    await page.type('{ wh');
    await page.press(' ', { control: true });
    await page.until(`document.querySelector('.suggest-widget .monaco-list-row')?.textContent.includes('whoami')`);
    await page.press('Enter');
    await page.until(`document.querySelector('.graphiql-query-editor .view-lines').textContent.includes('whoami')`);
    const loaded = await page.evaluate<string[]>(
      `performance.getEntriesByType('resource').map(({ name }) => new URL(name).origin)`,
    );
    expect(loaded.filter((origin) => origin !== toy.url)).toEqual([]);
  });

  test('runs no injected script, and contacts no other server', async () => {
    await show('{ whoami }');
    const script = `new Promise((resolve) => {
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective));
      const script = document.createElement('script');
      script.textContent = 'globalThis.injected = true';
      document.body.append(script);
    })`;
    expect(await page.evaluate(script)).toBe('script-src-elem');
    expect(await page.evaluate('globalThis.injected')).toBeUndefined();
    expect(await page.evaluate(`fetch('http://127.0.0.1:9/').then(() => 'reached', () => 'refused')`)).toBe('refused');
    expect(page.complaints.join('\n')).toMatch(/Content Security Policy/);
    expect(page.complaints.join('\n')).toMatch(/connect-src/);
    page = { ...page, complaints: [] };
  });
});
