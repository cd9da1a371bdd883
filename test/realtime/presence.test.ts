import { type Person, buildPerson, goodPassword, shareConversation } from '../support/person.js';
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
  const connect = async (person: Person) => server.presence.opened(await person.actor());
  const disconnect = async (person: Person) => server.presence.closed(await person.actor());

  it('is ONLINE while a socket is open, and OFFLINE once the last one has been closed for a while', async () => {
    expect(await seenBy(ana, ana)).toBe('OFFLINE');
    await connect(ana);
    await connect(ana);
    expect(await seenBy(ana, ana)).toBe('ONLINE');
    await disconnect(ana);
    pass(graceMs);
    expect(await seenBy(ana, ana)).toBe('ONLINE');
    await disconnect(ana);
    pass(graceMs - 1);
    expect(await seenBy(ana, ana)).toBe('ONLINE');
    pass(graceMs);
    expect(await seenBy(ana, ana)).toBe('OFFLINE');
  });

  it('is AWAY after five minutes without activity, and ONLINE again with the next call', async () => {
    await connect(ana);
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
    await connect(ana);
    await ana.mutate('ContactUserAdd', { userId: luis.id });
    await shareConversation(server, [ana, eva]);
    expect(await seenBy(luis, ana)).toBe('ONLINE');
    expect(await seenBy(eva, ana)).toBe('ONLINE');
  });

  it('reads OFFLINE to all others, also to those who have the person as a contact', async () => {
    await connect(ana);
    await luis.mutate('ContactUserAdd', { userId: ana.id });
    expect(await seenBy(luis, ana)).toBe('OFFLINE');
    expect(await seenBy(eva, ana)).toBe('OFFLINE');
    const { edges } = await eva.run('Users');
    expect(edges.map(({ node }) => node.presence)).toEqual(['OFFLINE', 'OFFLINE', 'OFFLINE']);
  });

  it.each(['ana', 'luis'])('reads OFFLINE in both directions when %s has blocked the other', async (blocker) => {
    await shareConversation(server, [ana, luis]);
    await connect(ana);
    await connect(luis);
    if (blocker === 'ana') await ana.mutate('UserBlock', { userId: luis.id });
    else await luis.mutate('UserBlock', { userId: ana.id });
    expect(await seenBy(luis, ana)).toBe('OFFLINE');
    expect(await seenBy(ana, luis)).toBe('OFFLINE');
    expect(await seenBy(ana, ana)).toBe('ONLINE');
  });

  it('is told, as it changes, to the person and to its people who may see it', async () => {
    await shareConversation(server, [ana, luis]);
    const listeners = [await ana.listen('PresenceChanged'), await luis.listen('PresenceChanged')];
    await connect(ana);
    for (const news of listeners) expect(await news.next()).toMatchObject({ id: ana.id, presence: 'ONLINE' });
    pass(awayAfterMs);
    for (const news of listeners) expect(await news.next()).toMatchObject({ id: ana.id, presence: 'AWAY' });
    await disconnect(ana);
    pass(graceMs);
    for (const news of listeners) expect(await news.next()).toMatchObject({ id: ana.id, presence: 'OFFLINE' });
  });

  it('does not flicker when a page loads anew', async () => {
    const news = await ana.listen('PresenceChanged');
    await connect(ana);
    expect(await news.next()).toMatchObject({ presence: 'ONLINE' });
    await disconnect(ana);
    pass(graceMs - 1);
    await connect(ana);
    pass(graceMs);
    pass(awayAfterMs);
    expect(await news.next()).toMatchObject({ presence: 'AWAY' });
  });

  it('is not told to those who may not see it, nor unasked to those who do not know the person', async () => {
    await luis.mutate('ContactUserAdd', { userId: ana.id });
    await ana.mutate('ContactUserAdd', { userId: eva.id });
    const [ofLuis, ofEva] = [await luis.listen('PresenceChanged'), await eva.listen('PresenceChanged')];
    await connect(ana);
    await connect(luis);
    await connect(eva);
    expect(await ofLuis.next()).toMatchObject({ id: luis.id });
    expect(await ofEva.next()).toMatchObject({ id: eva.id });
  });

  it('is told to who asks for the person by id and may see it, and not to who may not', async () => {
    await ana.mutate('ContactUserAdd', { userId: eva.id });
    await luis.mutate('ContactUserAdd', { userId: ana.id });
    const [ofEva, ofLuis] = [
      await eva.listen('PresenceChanged', { userId: ana.id }),
      await luis.listen('PresenceChanged', { userId: ana.id }),
    ];
    await connect(ana);
    expect(await ofEva.next()).toMatchObject({ id: ana.id, presence: 'ONLINE' });
    await ana.mutate('ContactUserAdd', { userId: luis.id });
    pass(awayAfterMs);
    expect(await ofLuis.next()).toMatchObject({ id: ana.id, presence: 'AWAY' });
  });

  it('ends with the person', async () => {
    await connect(ana);
    const actor = await ana.actor();
    await ana.mutate('UserUnregister', { password: goodPassword });
    server.presence.closed(actor);
    pass(graceMs);
    expect(server.presence.own(ana.id)).toBe('OFFLINE');
  });
});
