import { failureEvent } from '../../../src/compat/sockets/requests.js';
import { table } from '../../../src/compat/table.js';
import { entries, followed, followNames, notices } from '../../../src/compat/table/pushes.js';
import { asyncapi, closed, closedComponents, faults } from '../../support/described.js';
import { eventually } from '../../support/eventually.js';
import type { TestSocket } from '../../support/socket-io.js';
import { PushStage } from './push-stage.js';
import { pushScenarios } from './push-scenarios.js';

const described = new Map(
  Object.entries(asyncapi.channels.chat.messages)
    .filter(([name]) => name.endsWith('Push'))
    .map(([, { name, payload }]) => [name, payload] as const),
);
const components = closedComponents(asyncapi.components);
const oldEvents = table.flatMap(({ oldEvent = 'silent' }) => (oldEvent === 'silent' ? [] : [oldEvent.name]));
const pushed = new Set([
  ...[entries, followed, ...notices].flatMap(({ events }) => events),
  ...oldEvents,
  failureEvent,
]);
const ofFollowers = new Set(Object.values(followNames));

describe('every push', () => {
  let stage: PushStage;
  beforeAll(async () => void (stage = await PushStage.open()));
  afterAll(() => stage.close());

  it('is described and has a cause, and nothing else has', () => {
    expect([...described.keys()].toSorted()).toEqual([...pushed].toSorted());
    expect(Object.keys(pushScenarios).toSorted()).toEqual([...pushed].toSorted());
  });

  it.each([...pushed])('%s reaches whom it should, as it is described, and nobody else', async (event) => {
    const { cause, alsoHeardBy = [] } = pushScenarios[event]!;
    const { today, old, follower } = stage.sockets;
    const world = await stage.world();
    const isHeardBy = (socket: TestSocket): boolean => socket.of(event).length > 0;
    for (const socket of [today, old, follower, ...stage.onlookers.values()]) socket.received.splice(0);
    await cause(world);
    const isAnswer = world.socket === today && ['exception', ...oldEvents].includes(event) && event !== 'user data';
    const hearers = isAnswer ? [today] : ofFollowers.has(event) ? [follower] : [today, old];
    await eventually(() => expect(hearers.map(isHeardBy)).not.toContain(false));
    await stage.settle();
    for (const [name, ...args] of [today, old, follower].flatMap(({ received }) => received)) {
      const payload = described.get(name);
      expect([name, args.length]).toEqual([name, name === 'userInfo' ? 0 : 1]);
      expect([name, faults({ components }, closed(payload!), args[0] ?? null)]).toEqual([name, undefined]);
    }
    const alsoHeard = [...stage.onlookers].filter(([, socket]) => isHeardBy(socket)).map(([role]) => role);
    expect(alsoHeard.toSorted()).toEqual([...alsoHeardBy].toSorted());
  });
});
