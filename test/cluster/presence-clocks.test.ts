import { jest } from '@jest/globals';
import { ConversationFeedDocument, UserDocument } from '../../src/generated/operations.js';
import { buildGroup } from '../support/builders.js';
import { TestCluster } from '../support/cluster.js';
import { eventually } from '../support/eventually.js';
import type { Person } from '../support/wire-person.js';

jest.setTimeout(60_000);

/** A clock that somebody sets at SIGUSR2. */
const clockSetBy = (milliseconds: number) => `
  const RealDate = Date;
  let ahead = 0;
  process.on('SIGUSR2', () => (ahead = ${milliseconds}));
  globalThis.Date = class Date extends RealDate {
    constructor(...given) { given.length ? super(...given) : super(RealDate.now() + ahead); }
    static now() { return RealDate.now() + ahead; }
  };`;

describe('presence on a server whose clock is set', () => {
  let cluster: TestCluster;
  beforeAll(async () => void (cluster = await TestCluster.start()));
  afterAll(() => cluster.stop());

  it.each([
    ['an hour ahead', 3_600_000],
    ['a day back', -86_400_000],
  ])('is ONLINE with a socket and OFFLINE soon after it: %s', async (_how, milliseconds) => {
    const preload = `data:text/javascript,${encodeURIComponent(clockSetBy(milliseconds))}`;
    const server = await cluster.serve({ NODE_OPTIONS: `--import=${preload}` });
    const [ana, leo, eva] = [
      await cluster.person(server, 'ana'),
      await cluster.person(server, 'leo'),
      await cluster.person(server, 'eva'),
    ];
    await buildGroup(ana, [leo, eva]);
    const seen = async ({ id }: Person) => (await ana.run(UserDocument, { id })).user?.presence;
    const isSeen = (person: Person, presence: string) =>
      eventually(async () => expect(await seen(person)).toBe(presence), 10_000);
    for (const person of [leo, eva]) {
      await person.follow(ConversationFeedDocument, {});
      await isSeen(person, 'ONLINE');
    }
    await eva.leave();
    await eventually(async () => {
      const metrics = await (await fetch(`${server.url}/metrics`)).text();
      expect(metrics).toMatch(/^chatset_connections\{[^}]*graphql-ws[^}]*\} 1$/m);
    });
    server.signal('SIGUSR2');
    await isSeen(eva, 'OFFLINE');
    expect(await seen(leo)).toBe('ONLINE');
    await leo.leave();
    await isSeen(leo, 'OFFLINE');
  });
});
