import { jest } from '@jest/globals';
import {
  ConversationFeedDocument,
  ConversationSpamDocument,
  GroupUserAddDocument,
  GroupUserRemoveDocument,
  MessageAddDocument,
  PasswordChangeDocument,
  PresenceChangedDocument,
  SessionRevokeDocument,
  TypingChangedDocument,
  TypingSetDocument,
  UserDocument,
} from '../../src/generated/operations.js';
import { buildDirect, buildGroup, say, sayAll } from '../support/builders.js';
import { readiness } from '../support/cluster.js';
import { eventually } from '../support/eventually.js';
import { eventsOf, type FeedRecording } from '../support/feeds.js';
import { describeWithRedis } from '../support/redis.js';
import { serverPair } from '../support/server-pair.js';
import type { Person } from '../support/wire-person.js';

jest.setTimeout(60_000);

const contentsOf = (feed: FeedRecording) => eventsOf(feed).flatMap(({ message }) => message?.content ?? []);
const seqsOf = (feed: FeedRecording) => eventsOf(feed).map(({ seq }) => seq);

describeWithRedis('two processes with one Redis', () => {
  const pair = serverPair();
  let ana: Person;
  let luis: Person;

  beforeEach(async () => {
    ({ ana, luis } = await pair.people());
    await eventually(async () => {
      for (const server of pair.servers) expect(await readiness(server)).toMatchObject({ status: 'ready' });
    });
  });

  const feedOf = (person: Person) => person.follow(ConversationFeedDocument, {});
  const presenceOf = async (viewer: Person, { id }: Person) => (await viewer.run(UserDocument, { id })).user?.presence;

  it('deliver to each other’s people, in one order, also what both say at once', async () => {
    const direct = await buildDirect(ana, luis);
    const feeds = [await feedOf(ana), await feedOf(luis)];
    const names = Array.from({ length: 20 }, (_, at) => `n${at}`);
    await Promise.all([sayAll(ana, direct, names), sayAll(luis, direct, names)]);
    for (const feed of feeds) await eventually(() => expect(seqsOf(feed)).toHaveLength(40));
    for (const feed of feeds) expect(seqsOf(feed)).toEqual(Array.from({ length: 40 }, (_, at) => at + 1));
    expect(contentsOf(feeds[0]!)).toEqual(contentsOf(feeds[1]!));
  });

  it('tell a person of a group that it is added to on the other process, and cut it off when it is removed there', async () => {
    const group = await buildGroup(ana, []);
    const feed = await feedOf(luis);
    await ana.run(GroupUserAddDocument, { input: { groupId: group, userId: luis.id } });
    await say(ana, group, 'bienvenido');
    await eventually(() => expect(contentsOf(feed)).toEqual(['bienvenido']));
    await ana.run(GroupUserRemoveDocument, { input: { groupId: group, userId: luis.id } });
    await eventually(() => expect(feed.items.at(-1)!.conversationFeed.__typename).toBe('FeedLeft'));
    await say(ana, group, 'ya no está');
    expect(contentsOf(feed)).toEqual(['bienvenido']);
  });

  it('show a person ONLINE while a socket is open on either, and OFFLINE after the last one has closed', async () => {
    await buildGroup(ana, [luis]);
    const there = pair.cluster.at(pair.servers[1], ana);
    const news = await luis.follow(PresenceChangedDocument, { userId: ana.id });
    await ana.follow(ConversationFeedDocument, {});
    await eventually(async () => expect(await presenceOf(luis, ana)).toBe('ONLINE'));
    await eventually(() => expect(news.items.at(-1)?.presenceChanged.presence).toBe('ONLINE'));
    await there.follow(ConversationFeedDocument, {});
    await ana.leave();
    await eventually(async () => expect(await presenceOf(there, ana)).toBe('ONLINE'));
    await there.leave();
    await eventually(async () => expect(await presenceOf(luis, ana)).toBe('OFFLINE'));
    await eventually(() => expect(news.items.at(-1)?.presenceChanged.presence).toBe('OFFLINE'));
  });

  it('show typing on the other process, and end it by itself', async () => {
    const direct = await buildDirect(ana, luis);
    const typing = await luis.follow(TypingChangedDocument, { conversationId: direct });
    await ana.run(TypingSetDocument, { input: { conversationId: direct, typing: true } });
    await eventually(() => expect(typing.items.map(({ typingChanged }) => typingChanged.typing)).toEqual([true]));
    await eventually(
      () => expect(typing.items.map(({ typingChanged }) => typingChanged.typing)).toEqual([true, false]),
      15_000,
    );
  });

  it.each<[string, (person: Person) => Promise<unknown>]>([
    ['revoked', (person) => person.run(SessionRevokeDocument, { input: { all: true } })],
    [
      'ended by another password',
      (person) =>
        person.run(PasswordChangeDocument, {
          input: { currentPassword: person.password, newPassword: 'another horse battery staple' },
        }),
    ],
  ])('close the sockets of a session that was %s on the other one', async (_how, end) => {
    const [login, socket] = await Promise.all([pair.cluster.logIn(pair.servers[0], luis), feedOf(luis)]);
    await end(login);
    expect(await socket.end()).toMatchObject({ code: 4401 });
  });

  it('count what a person does on both together', async () => {
    const settings = { REDIS_URL: pair.redis.url, RATE_LIMITS: 'on' };
    const strict = [await pair.cluster.serve(settings), await pair.cluster.serve(settings)];
    const twins = strict.map((server) => pair.cluster.at(server, ana));
    const input = { conversationId: '0'.repeat(24), content: 'a send to nowhere counts, and costs little' };
    const startedAt = Date.now();
    const codes: string[] = [];
    // Not all at once: a server that has no time to hear Redis counts for itself.
    while (codes.length < 300) {
      const some = Array.from({ length: 10 }, (_, at) => twins[at % 2]!.codeOf(MessageAddDocument, { input }));
      codes.push(...(await Promise.all(some)));
    }
    const seconds = (Date.now() - startedAt) / 1_000;
    const passed = codes.filter((code) => code === 'NOT_FOUND').length;
    expect(new Set(codes)).toEqual(new Set(['NOT_FOUND', 'RATE_LIMITED']));
    expect(passed).toBeLessThanOrEqual(100 + 20 * seconds + 1);
  });

  describe('when Redis dies', () => {
    afterEach(() => pair.redis.revive());

    it('acknowledge, deliver and end sessions all the same, say so on /readyz, and are well again after it', async () => {
      const direct = await buildDirect(ana, luis);
      const feed = await feedOf(luis);
      await pair.redis.kill();
      await say(ana, direct, 'sin Redis');
      await eventually(() => expect(contentsOf(feed)).toEqual(['sin Redis']));
      const health = await readiness(pair.servers[0]);
      expect(health.status).toBe('degraded');
      expect(health.checks.redis).toContain('Redis does not answer');

      const group = await buildGroup(ana, [luis]);
      await say(ana, group, 'grupo nuevo');
      await eventually(() => expect(contentsOf(feed)).toEqual(['sin Redis', 'grupo nuevo']));
      await ana.run(GroupUserRemoveDocument, { input: { groupId: group, userId: luis.id } });
      await eventually(() => expect(feed.items.at(-1)!.conversationFeed.__typename).toBe('FeedLeft'));
      await ana.run(GroupUserAddDocument, { input: { groupId: group, userId: luis.id } });
      await say(ana, group, 'otra vez');
      await eventually(() => expect(contentsOf(feed).at(-1)).toBe('otra vez'));
      await luis.run(ConversationSpamDocument, { input: { conversationId: direct } });

      const login = await pair.cluster.logIn(pair.servers[0], luis);
      await login.run(SessionRevokeDocument, { input: { all: true } });
      expect(await feed.end()).toMatchObject({ code: 4401 });
      await pair.redis.revive();
      await eventually(async () => expect(await readiness(pair.servers[0])).toMatchObject({ status: 'ready' }));
      const again = await feedOf(pair.cluster.at(pair.servers[1], login));
      await say(ana, group, 'con Redis');
      await eventually(() => expect(contentsOf(again)).toEqual(['con Redis']));
      await pair.redis.kill();
    });

    it('answer at once while it hangs', async () => {
      const strict = await pair.cluster.serve({ REDIS_URL: pair.redis.url, RATE_LIMITS: 'on' });
      const direct = await buildDirect(ana, luis);
      const feed = await feedOf(luis);
      pair.redis.pause();
      await say(pair.cluster.at(strict, ana), direct, 'se ha quedado parado');
      await eventually(() => expect(contentsOf(feed)).toEqual(['se ha quedado parado']), 15_000);
      await pair.redis.kill();
    });
  });

  it('take a killed process’s people with it', async () => {
    const third = await pair.cluster.serve({ REDIS_URL: pair.redis.url });
    await buildGroup(ana, [luis]);
    const news = await luis.follow(PresenceChangedDocument, { userId: ana.id });
    await pair.cluster.at(third, ana).follow(ConversationFeedDocument, {});
    await eventually(async () => expect(await presenceOf(luis, ana)).toBe('ONLINE'));
    await third.kill();
    await eventually(async () => expect(await presenceOf(luis, ana)).toBe('OFFLINE'), 30_000);
    await eventually(() => expect(news.items.at(-1)?.presenceChanged.presence).toBe('OFFLINE'));
  });
});
