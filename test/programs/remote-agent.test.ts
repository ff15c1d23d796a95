import { beforeAll, describe, expect, it } from 'vitest';
import { users } from '../../src/storage/account-collections.js';
import { accountsIn } from '../support/accounts.js';
import { connectHttp, idIn } from '../support/mcp/client.js';
import { letIn, trade } from '../support/sign-in/program.js';
import { bearer, callMcp, type ProgramsServer, startPrograms } from '../support/sign-in/programs-server.js';

describe('A remote agent', { timeout: 60_000 }, () => {
  let server: ProgramsServer;
  let url: string;
  let alpha: string;
  let beta: string;

  beforeAll(async () => {
    server = await startPrograms();
    url = server.url;
    alpha = await server.create('Alpha');
    beta = await server.create('Beta');
  }, 60_000);

  const connect = (token: string) => connectHttp(url, { headers: bearer(token) });
  const consent = async () => {
    const { oauthClients } = await server.browser.ask<{ oauthClients: { nodes: { id: string }[] } }>(
      '{ oauthClients(first: 1) { nodes { id } } }',
    );
    return oauthClients.nodes[0]!.id;
  };
  const stop = async () =>
    server.browser.ask<{ revokeConsent: { revokedId: string } }>(
      'mutation ($id: ID!) { revokeConsent(input: { id: $id }) { ... on RevokeConsentPayload { revokedId } } }',
      { id: await consent() },
    );

  it('works in the projects that its user chose, and knows of no other', async () => {
    const { access_token } = await letIn(server.browser, url, { projects: [alpha] });
    const agent = await connect(access_token);
    const saved = await agent.text('save_memory', { project: alpha, content: 'Let in.' });
    expect(idIn(saved)).toBeTruthy();
    expect(await agent.error('list_tasks', { project: beta })).toMatch(/NOT_FOUND|isn't|no project/i);
    expect(await agent.error('project', {})).not.toContain('Beta');
  });

  it('reads only, with a consent for that', async () => {
    const { access_token, scope } = await letIn(server.browser, url, { projects: [alpha], level: 'READ' });
    expect(scope.split(' ').sort()).toEqual(['offline_access', 'read']);
    const agent = await connect(access_token);
    expect(await agent.text('list_tasks', { project: alpha })).toBeTruthy();
    expect(await agent.error('save_memory', { project: alpha, content: 'No.' })).toContain('WRITE');
  });

  it('works in later projects only if the user chose all', async () => {
    const limited = await letIn(server.browser, url, { projects: [alpha, beta] });
    const gamma = await server.create('Gamma');
    expect(await (await connect(limited.access_token)).error('list_tasks', { project: gamma })).toBeTruthy();
    const { access_token } = await letIn(server.browser, url, { projects: 'all' });
    expect(await (await connect(access_token)).text('list_tasks', { project: gamma })).toBeTruthy();
  });

  it('is named in the log with its consent, and counts to its user in the audit', async () => {
    const { access_token } = await letIn(server.browser, url, { projects: [alpha] });
    const agent = await connect(access_token);
    const memory = idIn(await agent.text('save_memory', { project: alpha, content: 'Who wrote this?' }));
    const id = await consent();
    const { project } = await server.browser.ask<{ project: { log: { nodes: { actor: string }[] } } }>(
      'query ($id: ID!, $memory: ID!) { project(by: { id: $id }) { log(first: 1, recordId: $memory) { nodes { actor } } } }',
      { id: alpha, memory },
    );
    expect(project.log.nodes[0]!.actor.startsWith(`${id} Remote Agent `)).toBe(true);
    const { auditLog } = await server.browser.ask<{ auditLog: { nodes: { actorKind: string; actorId: string }[] } }>(
      'query ($filter: AuditFilter) { auditLog(first: 1, filter: $filter) { nodes { actorKind actorId } } }',
      { filter: { projectId: alpha, actor: server.user.id, recordId: memory } },
    );
    expect(auditLog.nodes).toEqual([{ actorKind: 'PROGRAM', actorId: id }]);
  });

  it('goes on by its refresh token, each of which counts once', async () => {
    const first = await letIn(server.browser, url, { projects: [alpha] });
    const refresh = (token: string) => trade(url, { grant_type: 'refresh_token', refresh_token: token });
    const answered = await refresh(first.refresh_token!);
    const next = (await answered.json()) as typeof first;
    expect(answered.status).toBe(200);
    expect((await callMcp(url, bearer(next.access_token))).status).toBe(200);
    expect(next.refresh_token).not.toBe(first.refresh_token);
  });

  it('is stopped at once, with its refresh token and with what it listens to', async () => {
    const { access_token, refresh_token } = await letIn(server.browser, url, { projects: [alpha] });
    expect((await callMcp(url, bearer(access_token))).status).toBe(200);
    const stream = await fetch(`${url}/mcp`, {
      method: 'POST',
      headers: {
        ...bearer(access_token),
        ...{ 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
        ...{ 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'subscriptions/listen' },
      },
      body: JSON.stringify({
        ...{ jsonrpc: '2.0', id: 1, method: 'subscriptions/listen' },
        params: {
          notifications: { resourceSubscriptions: ['mooring://tasks'] },
          _meta: {
            'io.modelcontextprotocol/protocolVersion': '2026-07-28',
            'io.modelcontextprotocol/clientInfo': { name: 'listener', version: '1' },
            'io.modelcontextprotocol/clientCapabilities': {},
          },
        },
      }),
    });
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    const ended = stream.text().then(
      () => 'ended',
      () => 'ended',
    );
    await stop();
    expect(await ended).toBe('ended');
    expect((await callMcp(url, bearer(access_token))).status).toBe(401);
    const refused = await trade(url, { grant_type: 'refresh_token', refresh_token: refresh_token! });
    expect(refused.status).toBe(400);
  });

  it('stays stopped when it is let in again: its old token doesn’t count', async () => {
    const { access_token } = await letIn(server.browser, url, { projects: [alpha] });
    await stop();
    // Times of tokens are whole seconds.
    await expect.poll(() => Math.floor(Date.now() / 1_000)).toBeGreaterThan(issuedAt(access_token));
    await letIn(server.browser, url, { projects: 'all' });
    expect((await callMcp(url, bearer(access_token))).status).toBe(401);
  });

  it('ends with its user, when they are disabled', async () => {
    const { access_token } = await letIn(server.browser, url, { projects: [alpha] });
    expect((await callMcp(url, bearer(access_token))).status).toBe(200);
    const accounts = accountsIn(server.store);
    await accounts.change(users, server.user, { disabledAt: new Date().toISOString() });
    await expect.poll(async () => (await callMcp(url, bearer(access_token))).status, { timeout: 20_000 }).toBe(401);
  });
});

const issuedAt = (token: string): number =>
  (JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { iat: number }).iat;
