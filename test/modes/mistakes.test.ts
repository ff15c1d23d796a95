import { describe, expect, it } from 'vitest';
import { startApp } from '../support/server.js';
import { makeFolder } from '../support/temporary.js';

describe('a mistake in the environment', () => {
  const CONFIG = '{ storageConfig { modes { mode available reason hint embedder { note } } } }';
  interface Config {
    readonly storageConfig: { readonly modes: readonly { readonly mode: string; readonly available: boolean }[] };
  }
  const modeOf = ({ storageConfig }: Config, name: string) => storageConfig.modes.find(({ mode }) => mode === name);

  it('about Chroma is shown, and LOCAL continues without it', async () => {
    const app = await startApp(await makeFolder(), { CHROMA_URL: 'nope' });
    expect(modeOf(await app.ask<Config>(CONFIG), 'LOCAL')).toMatchObject({
      available: true,
      reason: expect.stringContaining('CHROMA_URL'),
    });
    expect(app.logged.join('')).toContain('CHROMA_URL');
    await app.createProject();
  });

  it('about MongoDB stops that mode only, and no part of the address is shown', async () => {
    const app = await startApp(await makeFolder(), { MONGODB_URI: 'mongodb://root:abc@SecretPart/xyz@127.0.0.1/' });
    const config = await app.ask<Config>(CONFIG);
    expect(modeOf(config, 'MONGODB')).toMatchObject({
      available: false,
      hint: expect.stringContaining('Percent-encode'),
    });
    expect(`${JSON.stringify(config)}${app.logged.join('')}`.toLowerCase()).not.toContain('secretpart');
    for (const storageMode of ['LOCAL', 'FILE']) await app.createProject({ storageMode });
  });

  it('about Voyage AI is shown with the embedder', async () => {
    const app = await startApp(await makeFolder(), {
      MONGODB_URI: 'mongodb://127.0.0.1:1/?directConnection=true',
      VOYAGE_AI_API_KEY: 'pa-key',
      VOYAGE_BASE_URL: 'http://voyage.example',
    });
    expect(modeOf(await app.ask<Config>(CONFIG), 'MONGODB')).toMatchObject({
      embedder: { note: expect.stringContaining('https://') },
    });
  });
});
