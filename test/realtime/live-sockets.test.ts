import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'graphql-ws';
import type { OperationResult } from '../../src/graphql/executor.js';
import type { WsTimings } from '../../src/http/ws-timings.js';
import { eventually } from '../support/eventually.js';
import { RawSocket } from '../support/raw-socket.js';
import { note } from '../support/sample-schema.js';
import { connect, runOverSocket, startSampleServer, type SampleServer } from '../support/sample-server.js';

const noted = 'subscription { noted(topic: "t") { id late } }';

describe('live sockets', () => {
  let sample: SampleServer;
  beforeEach(async () => void (sample = await startSampleServer()));
  afterEach(() => sample.stop());

  async function restart(timings: Partial<WsTimings>): Promise<void> {
    await sample.stop();
    sample = await startSampleServer({ timings });
  }

  /** Subscribes with the real client and collects what arrives. */
  function follow(client: Client, query = noted) {
    const seen = { results: [] as OperationResult[], errors: undefined as unknown, completed: false };
    client.subscribe(
      { query },
      {
        next: (value) => seen.results.push(value as OperationResult),
        error: (error) => (seen.errors = error),
        complete: () => (seen.completed = true),
      },
    );
    return seen;
  }

  it('push every event to every subscriber, executed once, in order', async () => {
    const clients = ['ana', 'ben', 'eva'].map((name) => connect(sample, name));
    const seen = clients.map((client) => follow(client));
    await eventually(() => expect(sample.streams.size).toBe(3));
    const ids = ['3', '0', '2'];
    ids.forEach((id) => sample.streams.publish(note(id, 'año «ñandú» 🚀')));
    for (const { results } of seen) {
      await eventually(() => expect(results).toHaveLength(3));
      expect(results.map(({ data }) => data?.noted)).toEqual(ids.map((id) => ({ id, late: 'año «ñandú» 🚀' })));
    }
    expect(sample.executed).toEqual(ids);
    for (const client of clients) await client.dispose();
    await eventually(() => expect(sample.streams.size).toBe(0));
  });

  it('end a stream with an error where an event cannot be executed', async () => {
    const client = connect(sample, 'ana');
    const seen = follow(client);
    await eventually(() => expect(sample.streams.size).toBe(1));
    ['2', 'bad', '0'].forEach((id) => sample.streams.publish(note(id)));
    await eventually(() => expect(seen.errors).toMatchObject([{ extensions: { code: 'INTERNAL' } }]));
    expect(seen.results.map(({ data }) => data?.noted)).toEqual([{ id: '2', late: 'note 2' }]);
    expect(sample.streams.size).toBe(0);
    await client.dispose();
  });

  it('let a client that subscribes and then sends over the same socket receive what it sent', async () => {
    for (let round = 0; round < 20; round += 1) {
      const raw = await RawSocket.open(sample.wsUrl);
      await raw.init({ token: 'token-of-ana' });
      raw.subscribe('live', noted);
      raw.subscribe('send', 'mutation { noteAdd(input: { text: "1" }) { id } }');
      await eventually(() =>
        expect(raw.messages).toContainEqual(expect.objectContaining({ id: 'live', type: 'next' })),
      );
      raw.socket.terminate();
      await eventually(() => expect(sample.streams.size).toBe(0));
    }
  });

  it('are anonymous without a token, also after a log-in over them', async () => {
    const client = connect(sample);
    expect(await runOverSocket(client, { query: '{ hello }' })).toEqual({ data: { hello: 'hello' } });
    await runOverSocket(client, { query: 'mutation { enter(token: "token-of-ana") }' });
    const { errors } = await runOverSocket(client, { query: '{ whoami }' });
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect(sample.online).toEqual([]);
    await client.dispose();
  });

  it.each([
    ['the cookie', { cookie: 'theme=dark; sid=token-of-ana' }],
    ['the Authorization header', { authorization: 'Bearer token-of-ana' }],
  ])('take their identity from %s of the upgrade request too', async (_name, headers) => {
    const raw = await RawSocket.open(sample.wsUrl, { headers });
    await raw.init();
    raw.subscribe('1', '{ whoami }');
    await eventually(() =>
      expect(raw.messages).toContainEqual(expect.objectContaining({ payload: { data: { whoami: 'ana' } } })),
    );
    raw.socket.terminate();
  });

  it('close at once when their session ends, and others stay', async () => {
    const [ana, ben] = [await RawSocket.open(sample.wsUrl), await RawSocket.open(sample.wsUrl)];
    await ana.init({ token: 'token-of-ana' });
    await ben.init({ token: 'token-of-ben' });
    ana.subscribe('1', noted);
    ben.subscribe('1', noted);
    await eventually(() => expect(sample.streams.size).toBe(2));
    sample.bus.publish({ kind: 'sessionsEnded', sessionIds: ['session-of-ana'] });
    expect(sample.streams.size).toBe(1);
    expect(await ana.end()).toEqual({ code: 4401, reason: 'Session ended' });
    expect(sample.online).toEqual(['ben']);
    sample.streams.publish(note('1'));
    await eventually(() => expect(ben.messages.at(-1)).toMatchObject({ type: 'next' }));
    const late = await RawSocket.open(sample.wsUrl);
    late.send({ type: 'connection_init', payload: { token: 'token-of-ana' } });
    expect((await late.end()).code).toBe(4403);
    ben.socket.terminate();
  });

  it('answer what runs when their session ends, and nothing that has not begun', async () => {
    const raw = await RawSocket.open(sample.wsUrl);
    await raw.init({ token: 'token-of-ana' });
    raw.subscribe('live', noted);
    await eventually(() => expect(sample.streams.size).toBe(1));
    raw.subscribe('running', '{ slow }');
    await eventually(() => expect(sample.touched).toHaveLength(2));
    sample.bus.publish({ kind: 'sessionsEnded', sessionIds: ['session-of-ana'] });
    expect(sample.streams.size).toBe(0);
    raw.subscribe('late', 'mutation { noteAdd(input: { text: "1" }) { id } }');
    raw.send({ type: 'ping' });
    await sleep(20);
    sample.releaseSlow('done');
    expect(await raw.end()).toEqual({ code: 4401, reason: 'Session ended' });
    expect(raw.messages.slice(1)).toEqual([
      { id: 'running', type: 'next', payload: { data: { slow: 'done' } } },
      { id: 'running', type: 'complete' },
    ]);
    expect(sample.touched).toHaveLength(2);
  });

  it('do not wait long for what runs when their session ends', async () => {
    const raw = await RawSocket.open(sample.wsUrl);
    await raw.init({ token: 'token-of-ana' });
    raw.subscribe('running', '{ slow }');
    await eventually(() => expect(sample.touched).toHaveLength(1));
    sample.bus.publish({ kind: 'sessionsEnded', sessionIds: ['session-of-ana'] });
    expect((await raw.end()).code).toBe(4401);
  });

  it('are told to the observer when they open and close, each by itself', async () => {
    const sockets = [await RawSocket.open(sample.wsUrl), await RawSocket.open(sample.wsUrl)];
    for (const socket of sockets) await socket.init({ token: 'token-of-ana' });
    expect(sample.online).toEqual(['ana', 'ana']);
    expect(sample.server.liveSockets.countOf('ana')).toBe(2);
    sockets[0]!.socket.terminate();
    await eventually(() => expect(sample.online).toEqual(['ana']));
    sockets[1]!.socket.close();
    await eventually(() => expect(sample.online).toEqual([]));
    expect(sample.server.liveSockets.countOf('ana')).toBe(0);
  });

  it('are dropped when they do not answer pings, and kept when they do', async () => {
    await restart({ ping: 400 });
    const mute = await RawSocket.open(sample.wsUrl, { autoPong: false });
    const answering = await RawSocket.open(sample.wsUrl);
    await mute.init({ token: 'token-of-ana' });
    await answering.init({ token: 'token-of-ben' });
    expect((await mute.end()).code).toBe(1006);
    await once(answering.socket, 'ping');
    expect(sample.online).toEqual(['ben']);
    answering.socket.terminate();
  });

  it('hold back a slow reader, lose nothing when it catches up, and disturb nobody else', async () => {
    const [slow, quick] = [await RawSocket.open(sample.wsUrl), await RawSocket.open(sample.wsUrl)];
    await slow.init({ token: 'token-of-ana' });
    await quick.init({ token: 'token-of-ben' });
    slow.subscribe('1', noted);
    quick.subscribe('1', noted);
    await eventually(() => expect(sample.streams.size).toBe(2));
    slow.socket.pause();
    const count = 400;
    for (let at = 0; at < count; at += 1) {
      sample.streams.publish(note('0', `${at} ${'x'.repeat(50_000)}`));
      if (at % 20 === 0) await sleep(1);
    }
    await eventually(() => expect(quick.messages).toHaveLength(1 + count));
    expect(sample.streams.waitingCount).toBeGreaterThan(50);
    slow.socket.resume();
    await eventually(() => expect(slow.messages).toHaveLength(1 + count));
    const texts = slow.messages.slice(1).map((message) => /"late":"(\d+) /.exec(JSON.stringify(message))?.[1]);
    expect(texts).toEqual(Array.from({ length: count }, (_, at) => String(at)));
    slow.socket.terminate();
    quick.socket.terminate();
  });

  it('are closed with 4490 when they do not catch up in time', async () => {
    await restart({ slowReader: 300 });
    const slow = await RawSocket.open(sample.wsUrl);
    await slow.init({ token: 'token-of-ana' });
    slow.subscribe('1', noted);
    await eventually(() => expect(sample.streams.size).toBe(1));
    slow.socket.pause();
    for (let at = 0; at < 400; at += 1) sample.streams.publish(note('0', 'x'.repeat(50_000)));
    await eventually(() => expect(sample.streams.size).toBe(0));
    slow.socket.resume();
    expect(await slow.end()).toEqual({ code: 4490, reason: 'Slow reader' });
    expect(sample.cut()).toBe(1);
  });

  it('stop reading requests of a client that does not read its answers', async () => {
    await restart({ slowReader: 300 });
    const slow = await RawSocket.open(sample.wsUrl);
    await slow.init({ token: 'token-of-ana' });
    slow.socket.pause();
    const query = '{ notes(first: 200) { edges { node { id text at } } } }';
    for (let at = 0; at < 2_000; at += 1) slow.subscribe(String(at), query);
    const answered = (): number => sample.spent.length;
    await eventually(() => expect(answered()).toBeGreaterThan(50));
    await eventually(() => expect(sample.online).toEqual([]));
    expect(answered()).toBeLessThan(1_500);
    slow.socket.terminate();
  });

  it('are closed with 1001 when the server stops', async () => {
    const raw = await RawSocket.open(sample.wsUrl);
    await raw.init({ token: 'token-of-ana' });
    await sample.stop();
    expect(await raw.end()).toEqual({ code: 1001, reason: 'Going away' });
    expect(sample.online).toEqual([]);
  });
});
