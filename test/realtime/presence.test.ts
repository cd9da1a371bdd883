import { type Person, buildPerson, goodPassword, logIn, shareConversation } from '../support/person.js';
import { eventually } from '../support/eventually.js';
import { type PeopleServer, startPeople } from '../support/people.js';

const awayAfterMs = 300_000;
const graceMs = 2_000;

describe('presence', () => {
  const clock = { ahead: 0 };
  let server: PeopleServer;
  let ana: Person;
  let luis: Person;
  let eva: Person;
  beforeEach(async () => {
    clock.ahead = 0;
    server = await startPeople({ clock });
    ana = await buildPerson(server, 'ana');
    luis = await buildPerson(server, 'luis');
    eva = await buildPerson(server, 'eva');
  });
  afterEach(() => server.stop());

  const seenBy = async (viewer: Person, person: Person) => (await viewer.run('User', { id: person.id })).presence;
  const pass = (milliseconds: number) => {
    clock.ahead += milliseconds;
    server.presence.sweep();
  };
  const gone = (person: Person) => eventually(() => expect(server.liveSockets.countOf(person.id)).toBe(0));

  it('is ONLINE while a socket is open, and OFFLINE once the last one has been closed for a while', async () => {
    expect(await seenBy(ana, ana)).toBe('OFFLINE');
    const [first, second] = [await ana.open(), await ana.open()];
    expect(await seenBy(ana, ana)).toBe('ONLINE');
    await first.close();
    await eventually(() => expect(server.liveSockets.countOf(ana.id)).toBe(1));
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
    const other = await startPeople();
    const zoe = await buildPerson(other, 'zoe');
    const socket = await zoe.open();
    expect(await seenBy(zoe, zoe)).toBe('ONLINE');
    await socket.close();
    await eventually(async () => expect(await seenBy(zoe, zoe)).toBe('OFFLINE'));
    await other.stop();
  });

  it('is AWAY after five minutes without activity, and ONLINE again with the next call', async () => {
    await ana.open();
    await luis.mutate('ContactUserAdd', { userId: ana.id });
    await ana.mutate('ContactUserAdd', { userId: luis.id });
    pass(awayAfterMs + 1);
    expect(await seenBy(luis, ana)).toBe('AWAY');
    await ana.run('Me');
    expect(await seenBy(luis, ana)).toBe('ONLINE');
  });

  it('stays OFFLINE for calls without a socket', async () => {
    await ana.run('Contacts');
    expect(await seenBy(ana, ana)).toBe('OFFLINE');
  });

  it('is seen by those whom the person has as a contact and by people of shared conversations', async () => {
    await ana.open();
    await ana.mutate('ContactUserAdd', { userId: luis.id });
    await shareConversation(ana, eva);
    expect(await seenBy(luis, ana)).toBe('ONLINE');
    expect(await seenBy(eva, ana)).toBe('ONLINE');
  });

  it('reads OFFLINE to all others, also to those who have the person as a contact', async () => {
    await ana.open();
    await luis.mutate('ContactUserAdd', { userId: ana.id });
    expect(await seenBy(luis, ana)).toBe('OFFLINE');
    expect(await seenBy(eva, ana)).toBe('OFFLINE');
    const { edges } = await eva.run('Users');
    expect(edges.map(({ node }) => node.presence)).toEqual(['OFFLINE', 'OFFLINE', 'OFFLINE']);
  });

  it.each(['ana', 'luis'])('reads OFFLINE in both directions when %s has blocked the other', async (blocker) => {
    await shareConversation(ana, luis);
    await ana.open();
    await luis.open();
    if (blocker === 'ana') await ana.mutate('UserBlock', { userId: luis.id });
    else await luis.mutate('UserBlock', { userId: ana.id });
    expect(await seenBy(luis, ana)).toBe('OFFLINE');
    expect(await seenBy(ana, luis)).toBe('OFFLINE');
    expect(await seenBy(ana, ana)).toBe('ONLINE');
  });

  it('is told, as it changes, to the person and to its people who may see it', async () => {
    await shareConversation(ana, luis);
    const otherTab = await logIn(server, 'ana');
    const listeners = [await otherTab.listen('PresenceChanged'), await luis.listen('PresenceChanged')];
    pass(awayAfterMs);
    for (const news of listeners) while ((await news.nextAbout(ana)).presence !== 'AWAY');
    await ana.run('Me');
    for (const news of listeners) expect(await news.nextAbout(ana)).toMatchObject({ presence: 'ONLINE' });
  });

  it('is told as OFFLINE to its people once the person has left', async () => {
    await shareConversation(ana, luis);
    const news = await luis.listen('PresenceChanged');
    const socket = await ana.open();
    expect(await news.nextAbout(ana)).toMatchObject({ presence: 'ONLINE' });
    await socket.close();
    await gone(ana);
    pass(graceMs);
    expect(await news.nextAbout(ana)).toMatchObject({ presence: 'OFFLINE' });
  });

  it('does not flicker when a page loads anew', async () => {
    await shareConversation(ana, luis);
    const news = await luis.listen('PresenceChanged');
    const socket = await ana.open();
    expect(await news.nextAbout(ana)).toMatchObject({ presence: 'ONLINE' });
    await socket.close();
    await gone(ana);
    pass(graceMs - 1);
    await ana.open();
    pass(graceMs);
    pass(awayAfterMs);
    expect(await news.nextAbout(ana)).toMatchObject({ presence: 'AWAY' });
  });

  it('is not told to those who may not see it, nor unasked to those who do not know the person', async () => {
    await luis.mutate('ContactUserAdd', { userId: ana.id });
    await ana.mutate('ContactUserAdd', { userId: eva.id });
    const [ofLuis, ofEva] = [await luis.listen('PresenceChanged'), await eva.listen('PresenceChanged')];
    await ana.open();
    pass(awayAfterMs);
    expect(await ofLuis.nextAbout(luis)).toBeDefined();
    expect(await ofEva.nextAbout(eva)).toBeDefined();
    await ana.run('Me');
    await luis.run('Me');
    await eva.run('Me');
    for (const [news, person] of [[ofLuis, luis] as const, [ofEva, eva] as const]) {
      while ((await news.nextAbout(person)).presence !== 'ONLINE');
      expect(new Set(news.seen)).toEqual(new Set([person.id]));
    }
  });

  it('is told to neither of two who stand in a block, also not when they ask by id', async () => {
    await shareConversation(ana, luis);
    await luis.mutate('UserBlock', { userId: ana.id });
    const listeners = [
      { news: await luis.listen('PresenceChanged'), person: luis },
      { news: await ana.listen('PresenceChanged'), person: ana },
    ];
    const asked = await luis.listen('PresenceChanged', { userId: ana.id });
    pass(awayAfterMs);
    for (const { news, person } of listeners) {
      while ((await news.nextAbout(person)).presence !== 'AWAY');
      expect(new Set(news.seen)).toEqual(new Set([person.id]));
    }
    expect(asked.unread).toBe(0);
  });

  it('disappears from both pages at once when one blocks the other, and comes back with the end of the block', async () => {
    await shareConversation(ana, luis);
    await ana.open();
    await luis.open();
    const [ofAna, ofLuis] = [await ana.listen('PresenceChanged'), await luis.listen('PresenceChanged')];
    await ana.mutate('UserBlock', { userId: luis.id });
    expect(await ofLuis.nextAbout(ana)).toMatchObject({ presence: 'OFFLINE' });
    expect(await ofAna.nextAbout(luis)).toMatchObject({ presence: 'OFFLINE' });
    await ana.mutate('UserUnblock', { userId: luis.id });
    expect(await ofLuis.nextAbout(ana)).toMatchObject({ presence: 'ONLINE' });
    expect(await ofAna.nextAbout(luis)).toMatchObject({ presence: 'ONLINE' });
  });

  it('tells by a block nothing to who could not see the presence before', async () => {
    await ana.mutate('ContactUserAdd', { userId: luis.id });
    await ana.open();
    const [ofAna, ofLuis] = [await ana.listen('PresenceChanged'), await luis.listen('PresenceChanged')];
    await ana.mutate('UserBlock', { userId: luis.id });
    await ana.mutate('UserUnblock', { userId: luis.id });
    pass(awayAfterMs);
    for (const [news, person] of [[ofAna, ana] as const, [ofLuis, luis] as const]) {
      while ((await news.nextAbout(person)).presence !== 'AWAY');
      expect(new Set(news.seen)).toEqual(new Set([person.id]));
    }
  });

  it('is told to who asks for the person by id and may see it, and not to who may not', async () => {
    await ana.mutate('ContactUserAdd', { userId: eva.id });
    await luis.mutate('ContactUserAdd', { userId: ana.id });
    const ofEva = await eva.listen('PresenceChanged', { userId: ana.id });
    const ofLuis = await luis.listen('PresenceChanged', { userId: ana.id });
    await ana.open();
    expect(await ofEva.next()).toMatchObject({ id: ana.id, presence: 'ONLINE' });
    await ana.mutate('ContactUserAdd', { userId: luis.id });
    pass(awayAfterMs);
    expect(await ofLuis.next()).toMatchObject({ id: ana.id, presence: 'AWAY' });
  });

  it('ends with the person', async () => {
    const socket = await ana.open();
    await ana.mutate('UserUnregister', { password: goodPassword });
    expect(await socket.closed).toMatchObject({ code: 4401 });
    await gone(ana);
    pass(graceMs);
    expect(server.presence.own(ana.id)).toBe('OFFLINE');
  });
});
