import { MemoryBus } from '../../src/bus/memory-bus.js';
import { UserCache } from '../../src/users/user-cache.js';
import type { User } from '../../src/users/user.model.js';

const person = (id: string, name: string): User => Object.assign({} as User, { id, username: name });

describe('the people remembered beside messages', () => {
  let stored: Map<string, User>;
  let reads: string[][];
  let clock: { now: number };
  let bus: MemoryBus;
  let cache: UserCache;

  beforeEach(() => {
    stored = new Map(['ana', 'luis'].map((id) => [id, person(id, id)]));
    reads = [];
    clock = { now: 1 };
    bus = new MemoryBus();
    const findByIds = (ids: readonly string[]): Promise<(User | undefined)[]> => {
      reads.push([...ids]);
      clock.now += 6_000;
      return Promise.resolve(ids.map((id) => stored.get(id)));
    };
    cache = new UserCache({ findByIds }, bus, () => clock.now);
  });

  const namesOf = async (...ids: string[]): Promise<(string | undefined)[]> =>
    (await cache.load(ids)).map((user) => user?.username);

  it('are read once, each once, and in the order asked for', async () => {
    expect(await namesOf('luis', 'ana', 'luis', 'nobody')).toEqual(['luis', 'ana', 'luis', undefined]);
    expect(await namesOf('ana', 'luis')).toEqual(['ana', 'luis']);
    expect(reads).toEqual([['luis', 'ana', 'nobody']]);
  });

  it('are answered even when they are forgotten while others are read', async () => {
    await namesOf('ana');
    clock.now += 1_000;
    expect(await namesOf('ana', 'luis')).toEqual(['ana', 'luis']);
  });

  it('are read again once they have changed', async () => {
    await namesOf('ana');
    stored.set('ana', person('ana', 'Ana María'));
    bus.publish({ kind: 'notice', notice: { name: 'userChanged', payload: { userId: 'ana' }, to: [] } });
    expect(await namesOf('ana')).toEqual(['Ana María']);
  });

  it('are read again after some seconds, in case the word of a change was lost', async () => {
    await namesOf('ana');
    stored.set('ana', person('ana', 'Ana María'));
    clock.now += 6_000;
    expect(await namesOf('ana')).toEqual(['Ana María']);
  });
});
