import { MemoryBus } from '../../src/bus/memory-bus.js';
import { newId } from '../../src/database/ids.js';
import { Follow } from '../../src/feed/follow.js';
import { FeedHub } from '../../src/feed/hub.js';
import { projections } from '../../src/feed/projections.js';
import { LogReader } from '../../src/log/log-reader.js';
import { openTestDatabase, type TestDatabase } from '../support/database.js';

describe('the channels of a hub', () => {
  let database: TestDatabase;
  let hub: FeedHub;
  const conversationId = newId();
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.stop());
  beforeEach(() => {
    hub = new FeedHub(new LogReader(database.collections), new MemoryBus());
  });

  const openStream = () => {
    const options = { viewerId: newId(), project: projections.conversationFeed, isFeed: true };
    return hub.open(options, () => undefined);
  };
  /** Of how many conversations a round reads the heads. */
  const followed = async (): Promise<number> => {
    let asked = 0;
    database.connection.set('debug', (_collection: string, method: string) => {
      if (method === 'aggregate') asked += 1;
    });
    await hub.lookForNews();
    database.connection.set('debug', false);
    return asked;
  };

  it('are open while somebody follows', async () => {
    const stream = openStream();
    await hub.withChannels([conversationId], ([channel]) =>
      stream.follow(new Follow(stream, channel!, { firstSeq: 1, position: 0 })),
    );
    expect(await followed()).toBe(1);
    stream.close();
    expect(await followed()).toBe(0);
  });

  it('close when the stream that they were opened for has closed meanwhile', async () => {
    const stream = openStream();
    await hub.withChannels([conversationId], ([channel]) => {
      stream.close();
      return stream.follow(new Follow(stream, channel!, { firstSeq: 1, position: 0 }));
    });
    expect(await followed()).toBe(0);
  });

  it('close when their heads cannot be read', async () => {
    database.connection.set('debug', (_collection: string, method: string) => {
      if (method === 'aggregate') throw new Error('The database is gone.');
    });
    await expect(hub.withChannels([conversationId], () => undefined)).rejects.toThrow();
    database.connection.set('debug', false);
    expect(await followed()).toBe(0);
  });
});
