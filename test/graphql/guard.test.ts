import { buildActor, buildSampleCore, contextOf } from '../support/sample-core.js';

describe('the guard before root fields', () => {
  it('asks for identity', async () => {
    const core = buildSampleCore();
    const result = await core.executor.execute({ query: '{ whoami }' }, contextOf(core));
    expect(result.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('lets anybody call a public field', async () => {
    const core = buildSampleCore();
    expect(await core.executor.execute({ query: '{ hello }' }, contextOf(core))).toEqual({ data: { hello: 'hello' } });
    expect(core.spent).toEqual([]);
  });

  it('counts every root field of a request by its rate class', async () => {
    const core = buildSampleCore();
    const query = 'mutation { a: noteAdd(input: { text: "1" }) { id } b: noteAdd(input: { text: "2" }) { id } }';
    await core.executor.execute({ query }, contextOf(core, 'ana'));
    await core.executor.execute({ query: '{ whoami }' }, contextOf(core, 'ana'));
    expect(core.spent.map(({ kind }) => kind)).toEqual(['send', 'send', 'operation']);
    expect(core.touched).toEqual(['ana', 'ana', 'ana']);
  });

  it('counts nothing that the server runs by itself', async () => {
    const core = buildSampleCore();
    const context = core.contexts.forCall({ address: '', protocol: 'socket.io', isUnasked: true }, buildActor('ana'));
    expect(await core.executor.execute({ query: '{ whoami }' }, context)).toEqual({ data: { whoami: 'ana' } });
    expect(core.spent).toEqual([]);
  });

  it('answers RATE_LIMITED with the wait', async () => {
    const core = buildSampleCore({ allowance: 1 });
    const result = await core.executor.execute({ query: '{ a: whoami b: whoami }' }, contextOf(core, 'ana'));
    expect(result.errors?.[0]?.extensions).toEqual({ code: 'RATE_LIMITED', retryAfter: 7 });
  });

  it('refuses a subscription that is executed like a query', async () => {
    const core = buildSampleCore();
    const query = 'subscription { noted(topic: "t") { id } }';
    const result = await core.executor.execute({ query }, contextOf(core, 'ana'));
    expect(result.errors?.[0]?.message).toMatch(/WebSocket/);
    expect(core.streams.size).toBe(0);
  });

  it('asks for identity before a subscription is opened', async () => {
    const core = buildSampleCore();
    const query = 'subscription { noted(topic: "t") { id } }';
    const results = await core.executor.subscribe({ query }, contextOf(core));
    expect((await results.next()).value).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    expect((await results.next()).done).toBe(true);
    expect(core.streams.size).toBe(0);
  });
});
