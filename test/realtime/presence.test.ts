import {
  ContactsDocument,
  MeDocument,
  PresenceChangedDocument,
  type PresenceChangedSubscription,
  UserDocument,
  UsersDocument,
} from '../../src/generated/operations.js';
import { addContact, block, buildGroup, unblock, unregister } from '../support/builders.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import { eventually } from '../support/eventually.js';
import type { Recording } from '../support/recording.js';
import type { Person } from '../support/wire-person.js';

const awayAfterMs = 300_000;
const graceMs = 2_000;

type News = Recording<PresenceChangedSubscription>;
const next = async (news: News) => (await news.next()).presenceChanged;

/** The next event about one of those whom it can be about. */
async function nextAbout(news: News, { id }: Person) {
  let event = await next(news);
  while (event.id !== id) event = await next(news);
  return event;
}

/** Whom a view has spoken of so far. */
const seenIn = ({ items }: News) => new Set(items.map(({ presenceChanged }) => presenceChanged.id));

describe('presence', () => {
  const clock = { ahead: 0 };
  let server: TestServer;
  let ana: Person;
  let luis: Person;
  let eva: Person;
  beforeEach(async () => {
    clock.ahead = 0;
    server = await startChatset({}, { clock });
    ana = await server.register('ana');
    luis = await server.register('luis');
    eva = await server.register('eva');
  });
  afterEach(() => server.stop());

  const seenBy = async (viewer: Person, person: Person) =>
    (await viewer.run(UserDocument, { id: person.id })).user?.presence;
  const pass = (milliseconds: number) => {
    clock.ahead += milliseconds;
    server.app.rooms.people.presence.sweep();
  };
  const gone = (person: Person) => eventually(() => expect(server.app.liveSockets.countOf(person.id)).toBe(0));

  it('is ONLINE while a socket is open, and OFFLINE once the last one has been closed for a while', async () => {
    expect(await seenBy(ana, ana)).toBe('OFFLINE');
    const [first, second] = [await ana.open(), await ana.open()];
    expect(await seenBy(ana, ana)).toBe('ONLINE');
    await first.close();
    await eventually(() => expect(server.app.liveSockets.countOf(ana.id)).toBe(1));
    pass(graceMs);
    expect(await seenBy(ana, ana)).toBe('ONLINE');
    await second.close();
    await gone(ana);
    pass(graceMs - 1);
    expect(await seenBy(ana, ana)).toBe('ONLINE');
    pass(graceMs);
    expect(await seenBy(ana, ana)).toBe('OFFLINE');
  });

  it('ends by itself some seconds after the last socket was closed', async () => {
    const other = await startChatset();
    const zoe = await other.register('zoe');
    const socket = await zoe.open();
    expect(await seenBy(zoe, zoe)).toBe('ONLINE');
    await socket.close();
    await eventually(async () => expect(await seenBy(zoe, zoe)).toBe('OFFLINE'));
    await other.stop();
  });

  it('is AWAY after five minutes without activity, and ONLINE again with the next call', async () => {
    await ana.open();
    await addContact(luis, ana);
    await addContact(ana, luis);
    pass(awayAfterMs + 1);
    expect(await seenBy(luis, ana)).toBe('AWAY');
    await ana.run(MeDocument, {});
    expect(await seenBy(luis, ana)).toBe('ONLINE');
  });

  it('stays OFFLINE for calls without a socket', async () => {
    await ana.run(ContactsDocument, {});
    expect(await seenBy(ana, ana)).toBe('OFFLINE');
  });

  it('is seen by those whom the person has as a contact and by people of shared conversations', async () => {
    await ana.open();
    await addContact(ana, luis);
    await buildGroup(ana, [eva]);
    expect(await seenBy(luis, ana)).toBe('ONLINE');
    expect(await seenBy(eva, ana)).toBe('ONLINE');
  });

  it('reads OFFLINE to all others, also to those who have the person as a contact', async () => {
    await ana.open();
    await addContact(luis, ana);
    expect(await seenBy(luis, ana)).toBe('OFFLINE');
    expect(await seenBy(eva, ana)).toBe('OFFLINE');
    const { users } = await eva.run(UsersDocument, {});
    expect(users.edges.map(({ node }) => node.presence)).toEqual(['OFFLINE', 'OFFLINE', 'OFFLINE']);
  });

  it.each(['ana', 'luis'])('reads OFFLINE in both directions when %s has blocked the other', async (blocker) => {
    await buildGroup(ana, [luis]);
    await ana.open();
    await luis.open();
    if (blocker === 'ana') await block(ana, luis);
    else await block(luis, ana);
    expect(await seenBy(luis, ana)).toBe('OFFLINE');
    expect(await seenBy(ana, luis)).toBe('OFFLINE');
    expect(await seenBy(ana, ana)).toBe('ONLINE');
  });

  it('is told, as it changes, to the person and to its people who may see it', async () => {
    await buildGroup(ana, [luis]);
    const otherTab = await server.logIn('ana');
    const listeners = [
      await otherTab.follow(PresenceChangedDocument, {}),
      await luis.follow(PresenceChangedDocument, {}),
    ];
    pass(awayAfterMs);
    for (const news of listeners) while ((await nextAbout(news, ana)).presence !== 'AWAY');
    await ana.run(MeDocument, {});
    for (const news of listeners) expect(await nextAbout(news, ana)).toMatchObject({ presence: 'ONLINE' });
  });

  it('is told as OFFLINE to its people once the person has left', async () => {
    await buildGroup(ana, [luis]);
    const news = await luis.follow(PresenceChangedDocument, {});
    const socket = await ana.open();
    expect(await nextAbout(news, ana)).toMatchObject({ presence: 'ONLINE' });
    await socket.close();
    await gone(ana);
    pass(graceMs);
    expect(await nextAbout(news, ana)).toMatchObject({ presence: 'OFFLINE' });
  });

  it('does not flicker when a page loads anew', async () => {
    await buildGroup(ana, [luis]);
    const news = await luis.follow(PresenceChangedDocument, {});
    const socket = await ana.open();
    expect(await nextAbout(news, ana)).toMatchObject({ presence: 'ONLINE' });
    await socket.close();
    await gone(ana);
    pass(graceMs - 1);
    await ana.open();
    pass(graceMs);
    pass(awayAfterMs);
    expect(await nextAbout(news, ana)).toMatchObject({ presence: 'AWAY' });
  });

  it('is not told to those who may not see it, nor unasked to those who do not know the person', async () => {
    await addContact(luis, ana);
    await addContact(ana, eva);
    const [ofLuis, ofEva] = [
      await luis.follow(PresenceChangedDocument, {}),
      await eva.follow(PresenceChangedDocument, {}),
    ];
    await ana.open();
    pass(awayAfterMs);
    expect(await nextAbout(ofLuis, luis)).toBeDefined();
    expect(await nextAbout(ofEva, eva)).toBeDefined();
    await ana.run(MeDocument, {});
    await luis.run(MeDocument, {});
    await eva.run(MeDocument, {});
    for (const [news, person] of [[ofLuis, luis] as const, [ofEva, eva] as const]) {
      while ((await nextAbout(news, person)).presence !== 'ONLINE');
      expect(seenIn(news)).toEqual(new Set([person.id]));
    }
  });

  it('is told to neither of two who stand in a block, also not when they ask by id', async () => {
    await buildGroup(ana, [luis]);
    await block(luis, ana);
    const listeners = [
      { news: await luis.follow(PresenceChangedDocument, {}), person: luis },
      { news: await ana.follow(PresenceChangedDocument, {}), person: ana },
    ];
    const asked = await luis.follow(PresenceChangedDocument, { userId: ana.id });
    pass(awayAfterMs);
    for (const { news, person } of listeners) {
      while ((await nextAbout(news, person)).presence !== 'AWAY');
      expect(seenIn(news)).toEqual(new Set([person.id]));
    }
    expect(asked.unread).toBe(0);
  });

  it('disappears from both pages at once when one blocks the other, and comes back with the end of the block', async () => {
    await buildGroup(ana, [luis]);
    await ana.open();
    await luis.open();
    const [ofAna, ofLuis] = [
      await ana.follow(PresenceChangedDocument, {}),
      await luis.follow(PresenceChangedDocument, {}),
    ];
    await block(ana, luis);
    expect(await nextAbout(ofLuis, ana)).toMatchObject({ presence: 'OFFLINE' });
    expect(await nextAbout(ofAna, luis)).toMatchObject({ presence: 'OFFLINE' });
    await unblock(ana, luis);
    expect(await nextAbout(ofLuis, ana)).toMatchObject({ presence: 'ONLINE' });
    expect(await nextAbout(ofAna, luis)).toMatchObject({ presence: 'ONLINE' });
  });

  it('tells by a block nothing to who could not see the presence before', async () => {
    await addContact(ana, luis);
    await ana.open();
    const [ofAna, ofLuis] = [
      await ana.follow(PresenceChangedDocument, {}),
      await luis.follow(PresenceChangedDocument, {}),
    ];
    await block(ana, luis);
    await unblock(ana, luis);
    pass(awayAfterMs);
    for (const [news, person] of [[ofAna, ana] as const, [ofLuis, luis] as const]) {
      while ((await nextAbout(news, person)).presence !== 'AWAY');
      expect(seenIn(news)).toEqual(new Set([person.id]));
    }
  });

  it('is told to who asks for the person by id and may see it, and not to who may not', async () => {
    await addContact(ana, eva);
    await addContact(luis, ana);
    const ofEva = await eva.follow(PresenceChangedDocument, { userId: ana.id });
    const ofLuis = await luis.follow(PresenceChangedDocument, { userId: ana.id });
    await ana.open();
    expect(await next(ofEva)).toMatchObject({ id: ana.id, presence: 'ONLINE' });
    await addContact(ana, luis);
    pass(awayAfterMs);
    expect(await next(ofLuis)).toMatchObject({ id: ana.id, presence: 'AWAY' });
  });

  it('ends with the person', async () => {
    const socket = await ana.open();
    await unregister(ana);
    expect(await socket.closed).toMatchObject({ code: 4401 });
    await gone(ana);
    pass(graceMs);
    expect(server.app.rooms.people.presence.own(ana.id)).toBe('OFFLINE');
  });
});
