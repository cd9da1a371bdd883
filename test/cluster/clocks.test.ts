import { jest } from '@jest/globals';
import { ConversationFeedDocument } from '../../src/generated/operations.js';
import { buildDirect, say } from '../support/builders.js';
import { TestCluster } from '../support/cluster.js';
import { eventually } from '../support/eventually.js';
import { eventsOf } from '../support/feeds.js';
import { describeWithRedis, TestRedis } from '../support/redis.js';

jest.setTimeout(60_000);

/** Half a second of this clock is an hour ahead, the next a day behind. */
const jumpingClock = `
  const RealDate = Date;
  const jump = () => (Math.floor(performance.now() / 500) % 2 ? 3_600_000 : -86_400_000);
  globalThis.Date = class Date extends RealDate {
    constructor(...given) { given.length ? super(...given) : super(RealDate.now() + jump()); }
    static now() { return RealDate.now() + jump(); }
  };`;

describeWithRedis('two processes whose clocks jump', () => {
  let redis: TestRedis;
  let cluster: TestCluster;
  beforeAll(async () => {
    [redis, cluster] = await Promise.all([TestRedis.start(), TestCluster.start()]);
  });
  afterAll(async () => {
    await cluster.stop();
    await redis.stop();
  });

  it('keep one order, which is the order of saying', async () => {
    const preload = `data:text/javascript,${encodeURIComponent(jumpingClock)}`;
    const settings = { REDIS_URL: redis.url, NODE_OPTIONS: `--import=${preload}` };
    const servers = [await cluster.serve(settings), await cluster.serve(settings)] as const;
    const ana = await cluster.person(servers[0], 'ana');
    const luis = await cluster.person(servers[1], 'luis');
    const direct = await buildDirect(ana, luis);
    const feeds = [await ana.follow(ConversationFeedDocument, {}), await luis.follow(ConversationFeedDocument, {})];
    const said: string[] = [];
    for (const end = performance.now() + 2_500; performance.now() < end;) {
      said.push(`n${said.length}`);
      await say(said.length % 2 ? ana : luis, direct, said.at(-1)!);
    }
    for (const feed of feeds) {
      await eventually(() => expect(eventsOf(feed)).toHaveLength(said.length));
      expect(eventsOf(feed).map(({ message }) => message!.content)).toEqual(said);
      expect(eventsOf(feed).map(({ seq }) => seq)).toEqual(said.map((_, at) => at + 1));
    }
    const times = eventsOf(feeds[0]!).map(({ at }) => at);
    expect(times).not.toEqual(times.toSorted());
  });
});
