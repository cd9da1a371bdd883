import { jest } from '@jest/globals';
import type { BusMessage } from '../../src/bus/messages.js';
import {
  ConversationFeedDocument,
  ConversationSpamDocument,
  GroupUserAddDocument,
  GroupUserRemoveDocument,
  MessageAddedDocument,
  SessionRevokeDocument,
  TypingChangedDocument,
} from '../../src/generated/operations.js';
import { buildGroup, say, sayAll } from '../support/builders.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import { readiness } from '../support/cluster.js';
import { openTestDatabase, type TestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { eventsOf, told } from '../support/feeds.js';
import { describeWithRedis, TestRedis } from '../support/redis.js';
import { SwallowingLink } from '../support/swallowing-link.js';
import { Person } from '../support/wire-person.js';

jest.setTimeout(60_000);

/*
 * One message between two processes gets lost, and nothing is said after it that could bring it out: only its number is
 * missing. A round without a doubt would come a minute later; sessions alone are also looked at every five seconds.
 */
describeWithRedis('a message between processes that gets lost', () => {
  let redis: TestRedis;
  let database: TestDatabase;
  let here: TestServer;
  let there: TestServer;
  let link: SwallowingLink;
  let ana: Person;
  let luis: Person;

  beforeAll(async () => {
    [redis, database] = await Promise.all([TestRedis.start(), openTestDatabase()]);
    const settings = { REDIS_URL: redis.url };
    here = await startChatset(settings, { database, wrapLink: (own) => (link = new SwallowingLink(own)) });
    there = await startChatset(settings, { database });
    for (const server of [here, there]) {
      await eventually(async () => expect(await readiness(server)).toMatchObject({ status: 'ready' }));
    }
  });
  afterAll(async () => {
    await Promise.all([here.stop(), there.stop()]);
    await database.stop();
    await redis.stop();
  });
  beforeEach(async () => {
    [ana] = await here.people('ana');
    [luis] = await there.people('luis');
  });

  const losing = async (kind: BusMessage['kind'], act: () => Promise<unknown>): Promise<void> => {
    link.swallowed.length = 0;
    link.swallow(kind);
    await act();
    expect(link.swallowed).toEqual([kind]);
  };
  const feedOfLuis = () => luis.follow(ConversationFeedDocument, {});

  it('is noticed by its number: a follower is given what was said, in order, and goes on', async () => {
    const group = await buildGroup(ana, [luis]);
    const feed = await feedOfLuis();
    await sayAll(ana, group, ['uno', 'dos']);
    await losing('entries', () => say(ana, group, 'tres'));
    const contents = () => eventsOf(feed).map(({ message }) => message?.content);
    await eventually(() => expect(contents()).toEqual(['uno', 'dos', 'tres']));
    await losing('entries', () => say(ana, group, 'cuatro'));
    await say(ana, group, 'cinco');
    await eventually(() => expect(contents()).toEqual(['uno', 'dos', 'tres', 'cuatro', 'cinco']));
    expect(eventsOf(feed).map(({ seq }) => seq)).toEqual([2, 3, 4, 5, 6]);
  });

  it('begins to follow a group all the same, when it told of being added to it', async () => {
    const feed = await feedOfLuis();
    const group = await buildGroup(ana, []);
    await losing('entries', () => ana.run(GroupUserAddDocument, { input: { groupId: group, userId: luis.id } }));
    await eventually(() => expect(told(feed)).toContain('MEMBER_ADDED 2'));
  });

  it('ends every stream of a member all the same, when it told of the removal', async () => {
    const group = await buildGroup(ana, [luis]);
    const feed = await feedOfLuis();
    const messages = await luis.follow(MessageAddedDocument, { conversationId: group });
    const typing = await luis.follow(TypingChangedDocument, { conversationId: group });
    await losing('entries', () => ana.run(GroupUserRemoveDocument, { input: { groupId: group, userId: luis.id } }));
    await eventually(() => expect(told(feed).slice(-2)).toEqual(['MEMBER_REMOVED 2', 'FeedLeft']));
    expect(await messages.end()).toBe(true);
    expect(await typing.end()).toBe(true);
    await say(ana, group, 'ya no está');
    await say(ana, await buildGroup(ana, [luis]), 'aquí sí');
    await eventually(() => expect(told(feed).at(-1)).toBe('MESSAGE_ADDED 2'));
    expect(eventsOf(feed).map(({ message }) => message?.content)).not.toContain('ya no está');
  });

  it('silences a conversation all the same, when it told that it is spam', async () => {
    const group = await buildGroup(ana, [luis]);
    const feed = await feedOfLuis();
    const elsewhere = new Person(here.url, luis);
    await losing('view', () => elsewhere.run(ConversationSpamDocument, { input: { conversationId: group } }));
    await eventually(() => expect(told(feed).at(-1)).toBe('FeedLeft'));
  });

  it('closes the sockets of a session all the same, when it told that the session was revoked', async () => {
    const feed = await feedOfLuis();
    const login = await here.logIn(luis.username);
    await losing('sessionsEnded', () => login.run(SessionRevokeDocument, { input: { all: true } }));
    expect(await feed.end()).toMatchObject({ code: 4401 });
  });
});
