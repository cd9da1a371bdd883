import type { BusMessage } from '../../src/bus/messages.js';
import type { Core } from '../../src/composition/core.js';
import { newId } from '../../src/database/ids.js';
import { ConversationEventType as Type } from '../../src/log/entry-type.js';
import { testCores } from '../support/cores.js';
import { eventually } from '../support/eventually.js';
import { foundGroup } from '../support/core-group.js';
import { Subscriber } from '../support/subscriber.js';

/** Two processes over one database, whose messages reach the second one only when the test lets them. */
describe('a process that hears late of what another one appended', () => {
  const cores = testCores();
  let here: Core;
  let there: Core;
  let conversationId: string;
  let unheard: BusMessage[];
  const [ana, luis] = [newId(), newId()] as const;

  beforeEach(async () => {
    [here, there] = [cores.compose(), cores.compose()];
    conversationId = await foundGroup(here, ana, [luis]);
    unheard = [];
    here.bus.subscribe((message) => void unheard.push(message));
  });

  const say = (core: Core) =>
    core.log.append({ conversationId, decide: () => [{ actorId: ana, type: Type.MESSAGE_ADDED, content: 'hola' }] });
  const hear = (): void => unheard.splice(0).forEach((message) => there.bus.publish(message));
  const follow = async (seq: number) => new Subscriber(await there.streams.feed(luis, [{ conversationId, seq }]));
  const messages = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, at) => `MESSAGE_ADDED ${from + at}`);

  it('gives a follower that resumes there everything once, also when the news comes after the log was read', async () => {
    for (let at = 0; at < 3; at++) await say(here);
    const subscriber = await follow(1);
    await eventually(() => expect(subscriber.told).toEqual(messages(2, 4)));
    hear();
    await say(here);
    hear();
    await eventually(() => expect(subscriber.told).toEqual(messages(2, 5)));
  });

  it('does not repeat what a follower brings from the other process, although its channel has yet to deliver it', async () => {
    const first = await follow(1);
    for (let at = 0; at < 3; at++) await say(here);
    const moved = await follow(4);
    await eventually(() => expect(first.told).toEqual(messages(2, 4)));
    hear();
    await say(there);
    await eventually(() => expect(first.told).toEqual(messages(2, 5)));
    expect(moved.told).toEqual(messages(5, 5));
  });

  it('gives one without room everything once, when the news comes while it reads on', async () => {
    const subscriber = await follow(1);
    subscriber.isFull = true;
    for (let at = 0; at < 3; at++) await say(here);
    hear();
    await say(there);
    subscriber.drain();
    await say(here);
    hear();
    await eventually(() => expect(subscriber.told).toEqual(messages(2, 6)));
  });
});
