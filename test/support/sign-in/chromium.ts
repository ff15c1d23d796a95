import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { chromium as path } from '../machine/browser.js';

/** Why there is no browser; null: there is one. */
export const noBrowser: string | null = path === null ? 'Chromium is not installed' : null;

/** How a person sees pages. */
export interface Looks {
  readonly theme?: 'light' | 'dark';
  /** In CSS pixels. */
  readonly width?: number;
}

/** A real browser for the tests of a file, from its first test to its last. */
export function useChromium(): { open(looks?: Looks): Promise<BrowserContext> } {
  let browser: Browser;
  if (path) {
    const executablePath = path;
    beforeAll(async () => {
      // Namespaces of its sandbox are nothing that every container has.
      browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
    });
    afterAll(() => browser.close());
  }
  return {
    open: ({ theme = 'light', width = 1280 } = {}) =>
      browser.newContext({ colorScheme: theme, viewport: { width, height: 800 } }),
  };
}

/** Goes on with the Tab key until an element has the focus. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let steps = 0; steps < 60; steps++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate<boolean>(`document.activeElement.matches(${JSON.stringify(selector)})`)) return;
  }
  throw new Error(`The Tab key doesn't lead to ${selector}.`);
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What people who see, hear or move less would miss on a page, and whether it is wider than its window. */
export async function findBarriers(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  return page.evaluate<string[]>(`axe.run().then(({ violations }) => [
    ...violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')),
    ...(document.documentElement.scrollWidth > innerWidth ? ['wider than its window'] : []),
  ])`);
}
