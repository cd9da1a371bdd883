import type { OperationRequest, OperationResult } from '../../src/graphql/executor.js';
import { unavailable } from '../../src/errors.js';
import { buildSampleCore, contextOf, type SampleCore } from '../support/sample-core.js';
import { note } from '../support/sample-schema.js';

const shared = 'subscription($topic: String!, $after: Int) { noted(topic: $topic, after: $after) { id late } }';

function subscribe(core: SampleCore, name: string, request: Partial<OperationRequest> = {}) {
  return core.executor.subscribe({ query: shared, variables: { topic: 't' }, ...request }, contextOf(core, name));
}

async function take(results: AsyncIterator<OperationResult>, count: number): Promise<unknown[]> {
  const taken = [];
  for (let at = 0; at < count; at += 1) {
    const { value } = (await results.next()) as { value: OperationResult };
    taken.push(value.errors?.[0]?.extensions.code ?? value.data?.noted);
  }
  return taken;
}

describe('live executions', () => {
  it('execute an event once for all who asked the same, wherever they started', async () => {
    const core = buildSampleCore();
    const ana = await subscribe(core, 'ana', { variables: { topic: 't', after: 3 } });
    const ben = await subscribe(core, 'ben', { variables: { topic: 't', after: 9 } });
    const eva = await subscribe(core, 'eva');
    core.streams.publish(note('1'));
    for (const results of [ana, ben, eva]) expect(await take(results, 1)).toEqual([{ id: '1', late: 'note 1' }]);
    expect(core.executed).toEqual(['1']);
  });

  it('execute apart what differs in variables, document or visibility', async () => {
    const core = buildSampleCore();
    const all = await Promise.all([
      subscribe(core, 'ana', { variables: { topic: 'one' } }),
      subscribe(core, 'ana', { variables: { topic: 'two' } }),
      subscribe(core, 'ana', { query: 'subscription { noted(topic: "one") { late } }' }),
    ]);
    const event = note('1');
    core.streams.publish(event);
    core.streams.publish(event, { visibility: 'hidden' });
    await Promise.all(all.map((results) => take(results, 2)));
    expect(core.executed).toHaveLength(6);
  });

  it('give every viewer its own answer where the document depends on the viewer', async () => {
    const core = buildSampleCore();
    const query = `subscription { noted(topic: "t") { ...outer } } fragment outer on Note { ... on Note { mine } late }`;
    const ana = await subscribe(core, 'ana', { query });
    const ana2 = await subscribe(core, 'ana', { query });
    const ben = await subscribe(core, 'ben', { query });
    core.streams.publish(note('1'));
    expect(await take(ana, 1)).toEqual([{ mine: '1 for ana', late: 'note 1' }]);
    expect(await take(ana2, 1)).toEqual([{ mine: '1 for ana', late: 'note 1' }]);
    expect(await take(ben, 1)).toEqual([{ mine: '1 for ben', late: 'note 1' }]);
    expect(core.executed).toHaveLength(2);
  });

  it('end the stream where a field reads the viewer without saying so', async () => {
    const core = buildSampleCore();
    const results = await subscribe(core, 'ana', { query: 'subscription { noted(topic: "t") { leaky } }' });
    core.streams.publish(note('1'));
    expect(await take(results, 1)).toEqual(['INTERNAL']);
    expect(core.streams.size).toBe(0);
    expect(core.logLines.join()).toMatch(/ViewerDependent/);
  });

  it('answer in the order of events, however long each takes', async () => {
    const core = buildSampleCore();
    const results = await subscribe(core, 'ana');
    for (const id of ['9', '0', '5', '1']) core.streams.publish(note(id));
    const order = await take(results, 4);
    expect(order.map((value) => (value as { id: string }).id)).toEqual(['9', '0', '5', '1']);
  });

  it('never skip a failed event: what came before is answered, then the stream ends with an error', async () => {
    const core = buildSampleCore();
    const results = await subscribe(core, 'ana');
    for (const id of ['5', 'bad', '0']) core.streams.publish(note(id));
    expect(await take(results, 2)).toEqual([{ id: '5', late: 'note 5' }, 'INTERNAL']);
    expect((await results.next()).done).toBe(true);
    expect(core.streams.size).toBe(0);
  });

  it('end with the error that the stream ended with, after all that came before', async () => {
    const core = buildSampleCore();
    const results = await subscribe(core, 'ana');
    core.streams.publish(note('3'));
    core.streams.end(unavailable('Too far behind.', { reason: 'TOO_FAR_BEHIND', lastSeq: 4 }));
    expect(await take(results, 1)).toEqual([{ id: '3', late: 'note 3' }]);
    const last = (await results.next()).value as OperationResult;
    expect(last.errors?.[0]?.extensions).toEqual({ code: 'UNAVAILABLE', reason: 'TOO_FAR_BEHIND', lastSeq: 4 });
    expect((await results.next()).done).toBe(true);
  });

  it('hold the stream back while too much is in flight, and lose nothing', async () => {
    const core = buildSampleCore();
    const results = await subscribe(core, 'ana');
    for (let at = 0; at < 1_000; at += 1) core.streams.publish(note(String(at % 7), `text ${at}`));
    expect(core.streams.waitingCount).toBeGreaterThan(500);
    const texts = (await take(results, 1_000)).map((value) => (value as { late: string }).late);
    expect(texts).toEqual(Array.from({ length: 1_000 }, (_, at) => `text ${at}`));
  });

  it('leave the stream when the reader stops iterating', async () => {
    const core = buildSampleCore();
    const results = await subscribe(core, 'ana');
    expect(core.streams.size).toBe(1);
    await results.return?.();
    expect(core.streams.size).toBe(0);
    expect((await results.next()).done).toBe(true);
  });

  it('answer a refused subscription with its code', async () => {
    const core = buildSampleCore();
    const results = await subscribe(core, 'ana', { variables: { topic: 'forbidden' } });
    expect(await take(results, 1)).toEqual(['FORBIDDEN']);
  });
});
