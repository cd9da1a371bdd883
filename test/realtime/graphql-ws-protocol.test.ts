import { eventually } from '../support/eventually.js';
import { RawSocket } from '../support/raw-socket.js';
import { startSampleServer, type SampleServer } from '../support/sample-server.js';
import { note } from '../support/sample-schema.js';

const noted = 'subscription { noted(topic: "t") { id } }';

describe('the protocol graphql-transport-ws', () => {
  let sample: SampleServer;
  beforeAll(async () => void (sample = await startSampleServer({ timings: { init: 200 } })));
  afterAll(() => sample.stop());

  const ana = async (): Promise<RawSocket> => {
    const raw = await RawSocket.open(sample.wsUrl);
    await raw.init({ token: 'token-of-ana' });
    return raw;
  };

  it.each([
    ['text that is not JSON', '{'],
    ['a message without a type', {}],
    ['an unknown type', { type: 'hello' }],
    ['a type that only servers send', { type: 'connection_ack' }],
    ['a subscribe without an id', { type: 'subscribe', payload: { query: '{ hello }' } }],
    ['variables that are a list', { id: '1', type: 'subscribe', payload: { query: '{ hello }', variables: [] } }],
    ['a list', []],
    ['an id that is too long', { id: 'x'.repeat(300), type: 'subscribe', payload: { query: '{ hello }' } }],
  ])('closes with 4400 on %s', async (_name, message) => {
    const raw = await ana();
    raw.send(message);
    expect(await raw.end()).toEqual({ code: 4400, reason: 'Invalid message received' });
  });

  it('closes with 4400 on a binary frame', async () => {
    const raw = await ana();
    raw.socket.send(Buffer.from('{"type":"ping"}'), { binary: true });
    expect((await raw.end()).code).toBe(4400);
  });

  it('closes with 4401 on a subscribe before the connection is acknowledged', async () => {
    const raw = await RawSocket.open(sample.wsUrl);
    raw.subscribe('1', '{ hello }');
    expect(await raw.end()).toEqual({ code: 4401, reason: 'Unauthorized' });
  });

  it('closes with 4403 when the token is nobody’s', async () => {
    for (const token of ['wrong', 7, null, {}]) {
      const raw = await RawSocket.open(sample.wsUrl);
      raw.send({ type: 'connection_init', payload: { token } });
      if (token === null) await eventually(() => expect(raw.messages).toEqual([{ type: 'connection_ack' }]));
      else expect(await raw.end()).toEqual({ code: 4403, reason: 'Forbidden' });
      raw.socket.terminate();
    }
  });

  it('closes with 4408 a socket that does not say who it is, once it has been answered', async () => {
    const raw = await RawSocket.open(sample.wsUrl);
    await raw.init();
    raw.subscribe('1', '{ hello }');
    expect((await raw.end()).code).toBe(4408);
    expect(raw.messages.map(({ type }) => type)).toEqual(['connection_ack', 'next', 'complete']);
  });

  it('lets a socket stay whose owner is known', async () => {
    const [known, anonymous] = [await ana(), await RawSocket.open(sample.wsUrl)];
    await anonymous.init();
    await anonymous.end();
    expect(known.socket.readyState).toBe(known.socket.OPEN);
    known.socket.terminate();
  });

  it('closes with 1013 when the database cannot say who it is', async () => {
    const raw = await RawSocket.open(sample.wsUrl);
    raw.send({ type: 'connection_init', payload: { token: 'database-down' } });
    expect((await raw.end()).code).toBe(1013);
  });

  it('closes with 4406 without its subprotocol', async () => {
    const raw = await RawSocket.open(sample.wsUrl, { protocols: [] });
    expect(await raw.end()).toEqual({ code: 4406, reason: 'Subprotocol not acceptable' });
  });

  it('closes with 4408 when nothing introduces itself in time', async () => {
    const raw = await RawSocket.open(sample.wsUrl);
    expect(await raw.end()).toEqual({ code: 4408, reason: 'Connection initialisation timeout' });
  });

  it('closes with 4409 when an id is used twice at once, and lets it be used again afterwards', async () => {
    const raw = await ana();
    raw.subscribe('1', '{ hello }');
    await eventually(() => expect(raw.messages).toContainEqual({ id: '1', type: 'complete' }));
    raw.subscribe('1', noted);
    raw.subscribe('1', noted);
    expect((await raw.end()).code).toBe(4409);
    expect(sample.streams.size).toBe(0);
  });

  it('closes with 4429 on a second introduction', async () => {
    const raw = await ana();
    raw.send({ type: 'connection_init' });
    expect((await raw.end()).code).toBe(4429);
  });

  it('closes with 1009 on a frame over 1 MiB, and over 8 KiB without identity', async () => {
    const anonymous = await RawSocket.open(sample.wsUrl);
    await anonymous.init();
    anonymous.subscribe('1', `{ hello } #${'x'.repeat(9_000)}`);
    expect((await anonymous.end()).code).toBe(1009);
    const raw = await ana();
    raw.subscribe('1', `{ hello } #${'x'.repeat(9_000)}`);
    await eventually(() => expect(raw.messages).toContainEqual({ id: '1', type: 'complete' }));
    raw.subscribe('2', 'x'.repeat(1_048_577));
    expect((await raw.end()).code).toBe(1009);
  });

  it('answers a ping with its payload', async () => {
    const raw = await ana();
    raw.send({ type: 'ping', payload: { n: 1 } });
    raw.send({ type: 'pong' });
    await eventually(() => expect(raw.messages.at(-1)).toEqual({ type: 'pong', payload: { n: 1 } }));
    raw.socket.terminate();
  });

  it('sends next and complete for a query, and error alone for a refused one', async () => {
    const raw = await ana();
    raw.subscribe('q', '{ hello }');
    await eventually(() => expect(raw.messages.at(-1)?.type).toBe('complete'));
    raw.subscribe('x', '{ nothing }');
    await eventually(() => expect(raw.messages.at(-1)?.type).toBe('error'));
    expect(raw.messages.slice(1)).toEqual([
      { id: 'q', type: 'next', payload: { data: { hello: 'hello' } } },
      { id: 'q', type: 'complete' },
      {
        id: 'x',
        type: 'error',
        payload: [{ message: 'Cannot query field "nothing" on type "Query".', extensions: { code: 'BAD_USER_INPUT' } }],
      },
    ]);
    raw.socket.terminate();
  });

  it('sends complete when a stream ends by itself, and nothing more after a complete of the client', async () => {
    const raw = await ana();
    raw.subscribe('a"é', noted);
    await eventually(() => expect(sample.streams.size).toBe(1));
    sample.streams.publish(note('1'));
    sample.streams.end();
    await eventually(() => expect(raw.messages.at(-1)).toEqual({ id: 'a"é', type: 'complete' }));
    expect(raw.messages.at(-2)).toEqual({ id: 'a"é', type: 'next', payload: { data: { noted: { id: '1' } } } });
    raw.subscribe('b', noted);
    await eventually(() => expect(sample.streams.size).toBe(1));
    raw.send({ id: 'b', type: 'complete' });
    await eventually(() => expect(sample.streams.size).toBe(0));
    raw.send({ id: 'unknown', type: 'complete' });
    raw.send({ type: 'ping' });
    await eventually(() => expect(raw.messages.at(-1)).toEqual({ type: 'pong' }));
    expect(raw.messages.some(({ id }) => id === 'b')).toBe(false);
    raw.socket.terminate();
  });

  it('keeps nothing of a subscription that is completed while it is set up', async () => {
    const raw = await ana();
    raw.subscribe('1', noted);
    raw.send({ id: '1', type: 'complete' });
    raw.send({ type: 'ping' });
    await eventually(() => expect(raw.messages.at(-1)?.type).toBe('pong'));
    await eventually(() => expect(sample.streams.size).toBe(0));
    raw.socket.terminate();
  });

  it('refuses the 101st subscription of a socket, and takes another once one is over', async () => {
    const raw = await ana();
    for (let at = 0; at < 101; at += 1) raw.subscribe(String(at), noted);
    await eventually(() => expect(raw.messages.at(-1)).toMatchObject({ id: '100', type: 'error' }));
    await eventually(() => expect(sample.streams.size).toBe(100));
    raw.send({ id: '0', type: 'complete' });
    raw.subscribe('100', noted);
    await eventually(() => expect(sample.streams.size).toBe(100));
    raw.socket.terminate();
    await eventually(() => expect(sample.streams.size).toBe(0));
  });
});
