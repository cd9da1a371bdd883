import { networkInterfaces } from 'node:os';
import { readConfig } from '../../src/config.js';
import { ConversationFeedDocument } from '../../src/generated/operations.js';
import type { HealthReport } from '../../src/observability/health.js';
import { Metrics, metricTable } from '../../src/observability/metrics.js';
import { buildDirect, sayAll } from '../support/builders.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import { eventually } from '../support/eventually.js';
import { TestSocket } from '../support/socket-io.js';

/** The value of one series; 0 when there is none. */
async function valueOf({ url }: TestServer, series: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${series} `));
  return Number(line?.split(' ').at(-1) ?? 0);
}

describe('/metrics', () => {
  let server: TestServer;
  beforeAll(async () => void (server = await startChatset()));
  afterAll(() => server.stop());

  it('publishes every metric of the table, and those of the process', async () => {
    const response = await fetch(`${server.url}/metrics`);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
    const text = await response.text();
    for (const { name, type } of Object.values(metricTable)) expect(text).toContain(`# TYPE ${name} ${type}\n`);
    expect(text).toMatch(/^process_resident_memory_bytes \d/m);
    expect(text).toMatch(/^nodejs_eventloop_lag_seconds \d/m);
  });

  it('says at the first reading whether the server is ready', async () => {
    const fresh = await startChatset();
    expect(await valueOf(fresh, 'chatset_ready')).toBe(1);
    await fresh.stop();
  });

  it('says at once that the server is not ready', async () => {
    const metrics = new Metrics(() => Promise.resolve(report));
    let report: HealthReport = { ready: true, status: 'ready', checks: { database: 'ok' } };
    expect(await metrics.text()).toMatch(/^chatset_ready 1$/m);
    report = { ready: false, status: 'unavailable', checks: { database: 'no answer within 2 s' } };
    const text = await metrics.text();
    expect(text).toMatch(/^chatset_ready 0$/m);
    expect(text).toMatch(/^chatset_check_ok{check="database"} 0$/m);
  });

  it('counts sends, deliveries and how late they were, operations, commands, connections and the bus', async () => {
    const [ana, leo] = await server.people('ana', 'leo');
    const conversationId = await buildDirect(ana, leo);
    const feed = await leo.follow(ConversationFeedDocument, {});
    const before = await valueOf(server, 'chatset_deliveries_total');
    await sayAll(ana, conversationId, ['1', '2', '3']);
    await feed.until(4);
    expect(await valueOf(server, 'chatset_sends_total')).toBe(3);
    expect(await valueOf(server, 'chatset_deliveries_total')).toBe(before + 3);
    expect(await valueOf(server, 'chatset_delivery_lag_seconds_count')).toBe(3);
    expect(await valueOf(server, 'chatset_delivery_lag_seconds_bucket{le="10"}')).toBe(3);
    const sends = 'chatset_operation_duration_seconds_count{operation="MessageAdd",protocol="http"}';
    expect(await valueOf(server, sends)).toBe(3);
    const follows = 'chatset_operation_duration_seconds_count{operation="ConversationFeed",protocol="graphql-ws"}';
    expect(await valueOf(server, follows)).toBe(1);
    expect(await valueOf(server, 'chatset_connections{protocol="graphql-ws"}')).toBe(1);
    expect(await valueOf(server, 'chatset_bus_messages_total{kind="entries"}')).toBeGreaterThanOrEqual(3);
    expect(await valueOf(server, 'chatset_database_command_duration_seconds_count{command="insert"}')).toBeGreaterThan(
      3,
    );
    expect(await valueOf(server, 'chatset_ready')).toBe(1);
    expect(await valueOf(server, 'chatset_check_ok{check="database"}')).toBe(1);
    await leo.leave();
    await eventually(async () => expect(await valueOf(server, 'chatset_connections{protocol="graphql-ws"}')).toBe(0));
  });

  it('counts the connections and operations of Socket.IO', async () => {
    const [eva] = await server.people('eva');
    const socket = await TestSocket.modern(server.url, eva.token).welcomed();
    expect(await valueOf(server, 'chatset_connections{protocol="socket.io"}')).toBe(1);
    await socket.ask('conversation list', { first: 1 });
    const lists = 'chatset_operation_duration_seconds_count{operation="ConversationsWithMembers",protocol="socket.io"}';
    expect(await valueOf(server, lists)).toBeGreaterThan(0);
    socket.close();
    await eventually(async () => expect(await valueOf(server, 'chatset_connections{protocol="socket.io"}')).toBe(0));
  });

  it('counts followers that were told to page', async () => {
    const [eva, luis] = await server.people('eva', 'luis');
    const conversationId = await buildDirect(eva, luis);
    const feed = await luis.follow(ConversationFeedDocument, { known: [{ conversationId, seq: 99 }] });
    await feed.until(2);
    expect(await valueOf(server, 'chatset_feed_resets_total')).toBe(1);
  });

  it('counts refusals by their code, and gives clients no way to make new series', async () => {
    const ask = (query: string) =>
      fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      });
    for (const name of ['Mine', 'Yours', 'Theirs'])
      await ask(`query ${name} { conversations { pageInfo { hasNextPage } } }`);
    expect(await valueOf(server, 'chatset_operation_errors_total{operation="other",code="UNAUTHENTICATED"}')).toBe(3);
    const text = await (await fetch(`${server.url}/metrics`)).text();
    expect(text).not.toMatch(/Mine|Yours|Theirs/);
  });

  it('is not answered to whom a proxy on this machine asks for', async () => {
    const response = await fetch(`${server.url}/metrics`, { headers: { 'x-forwarded-for': '127.0.0.1' } });
    expect({ status: response.status, body: await response.json() }).toEqual({
      status: 403,
      body: {
        code: 403,
        msg: 'Metrics are answered to this machine only. Ask from there, or set METRICS_TOKEN and send it as a bearer token.',
      },
    });
  });
});

describe('/metrics from another machine', () => {
  const outside = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

  /** What a server on all addresses answers to a caller that is not on the loopback. */
  async function statusWith(access: string): Promise<number> {
    const server = await startChatset({ METRICS: access, HOST: '0.0.0.0' });
    const host = outside ?? '127.0.0.1';
    const url = server.url.replace('localhost', host);
    const headers: Record<string, string> = outside === undefined ? { via: '1.1 proxy' } : {};
    const { status } = await fetch(`${url}/metrics`, { headers });
    await server.stop();
    return status;
  }

  it('is refused unless the setting opens it', async () => {
    expect(await statusWith('local')).toBe(403);
    expect(await statusWith('open')).toBe(200);
    expect(await statusWith('off')).toBe(404);
  });
});

describe('/metrics behind a proxy', () => {
  const token = 'a-secret-of-some-length';

  /** What a server behind a proxy that adds no header answers, to no token, a wrong one and the right one. */
  async function statusesWith(variables: Record<string, string>): Promise<number[]> {
    const server = await startChatset({ TRUST_PROXY: '1', ...variables });
    const ask = async (authorization: string): Promise<number> =>
      (await fetch(`${server.url}/metrics`, { headers: { authorization } })).status;
    const statuses = [await ask(''), await ask('Bearer wrong'), await ask(`Bearer ${token}`)];
    await server.stop();
    return statuses;
  }

  it('is answered to nobody, unless there is a token or the setting opens it', async () => {
    expect(await statusesWith({})).toEqual([403, 403, 403]);
    expect(await statusesWith({ METRICS_TOKEN: token })).toEqual([403, 403, 200]);
    expect(await statusesWith({ METRICS: 'open' })).toEqual([200, 200, 200]);
    expect(await statusesWith({ METRICS: 'off', METRICS_TOKEN: token })).toEqual([404, 404, 404]);
  });

  it('says why', async () => {
    const server = await startChatset({ TRUST_PROXY: '1' });
    const { msg } = (await (await fetch(`${server.url}/metrics`)).json()) as { msg: string };
    expect(msg).toBe(
      'Behind a proxy metrics are answered to nobody, since anybody may ask through it. Set METRICS_TOKEN and send it as a bearer token.',
    );
    await server.stop();
  });

  it('takes no secret that is easily guessed, and does not repeat it', () => {
    expect(() => readConfig({ METRICS_TOKEN: 'short' })).toThrow(
      'METRICS_TOKEN must be empty or at least 16 letters, digits or any of -._~+/=; it is something else.',
    );
  });
});
