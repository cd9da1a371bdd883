import { type Person, buildPerson, goodPassword, logIn, shareConversation } from '../support/person.js';
import { type PeopleServer, startPeople } from '../support/people.js';

const unknownId = '0123456789abcdef01234567';

const leave = (person: Person) => person.mutate('UserUnregister', { password: goodPassword });
const rename = (person: Person, name: string) => person.mutate('UserUpdate', { name });

describe('news of people in an open directory', () => {
  let server: PeopleServer;
  let ana: Person;
  let luis: Person;
  let eva: Person;
  beforeEach(async () => {
    server = await startPeople();
    ana = await buildPerson(server, 'ana', { mail: 'ana@example.org' });
    luis = await buildPerson(server, 'luis');
    eva = await buildPerson(server, 'eva');
  });
  afterEach(() => server.stop());

  it('tells everybody who registers', async () => {
    const news = await ana.listen('UserRegistered');
    const zoe = await buildPerson(server, 'zoe');
    expect(await news.next()).toMatchObject({ id: zoe.id, username: 'zoe' });
  });

  it('tells everybody who unregisters, but those who stand in a block with the person', async () => {
    await ana.mutate('UserBlock', { userId: luis.id });
    const [ofAna, ofEva] = [await ana.listen('UserUnregistered'), await eva.listen('UserUnregistered')];
    const zoe = await buildPerson(server, 'zoe');
    await leave(luis);
    await leave(zoe);
    expect(await ofEva.nextId()).toBe(luis.id);
    expect(await ofEva.nextId()).toBe(zoe.id);
    expect(await ofAna.nextId()).toBe(zoe.id);
  });

  it('tells of changes to the person, those who have it as a contact and people of shared conversations', async () => {
    await luis.mutate('ContactUserAdd', { userId: ana.id });
    await shareConversation(ana, eva);
    const listeners = await Promise.all([ana, luis, eva].map((person) => person.listen('UserChanged')));
    await rename(ana, 'Ana María');
    for (const news of listeners) expect(await news.next()).toMatchObject({ id: ana.id, name: 'Ana María' });
  });

  it('tells nobody else of changes, also not those whom the person has as contacts, and not the blocked', async () => {
    await ana.mutate('ContactUserAdd', { userId: luis.id });
    await eva.mutate('ContactUserAdd', { userId: ana.id });
    await ana.mutate('UserBlock', { userId: eva.id });
    const listeners = [await luis.listen('UserChanged'), await eva.listen('UserChanged')];
    await rename(ana, 'Ana María');
    await rename(luis, 'Luis himself');
    await rename(eva, 'Eva herself');
    expect(await listeners[0]!.next()).toMatchObject({ name: 'Luis himself' });
    expect(await listeners[1]!.next()).toMatchObject({ name: 'Eva herself' });
  });

  it('tells of changes of one person to whoever names it, and of nobody else', async () => {
    await luis.mutate('ContactUserAdd', { userId: eva.id });
    const news = await luis.listen('UserChanged', { id: ana.id });
    await rename(eva, 'Eva María');
    await rename(ana, 'Ana María');
    expect(await news.next()).toMatchObject({ id: ana.id, name: 'Ana María' });
  });

  it('stops telling who named a person and stands in a block with it since', async () => {
    const news = await luis.listen('UserChanged', { id: ana.id });
    await ana.mutate('UserBlock', { userId: luis.id });
    await rename(ana, 'Hidden');
    await ana.mutate('UserUnblock', { userId: luis.id });
    await rename(ana, 'Shown');
    expect(await news.next()).toMatchObject({ name: 'Shown' });
  });

  it('makes no event of a change that changes nothing', async () => {
    await rename(ana, 'Ana');
    const news = await ana.listen('UserChanged');
    await rename(ana, 'Ana');
    await rename(ana, 'Ana María');
    expect(await news.next()).toMatchObject({ name: 'Ana María' });
  });

  it.each(['UserChanged', 'PresenceChanged'])('%s refuses to follow nobody', async (name) => {
    const variable = name === 'UserChanged' ? 'id' : 'userId';
    for (const id of [unknownId, 'no id', '']) {
      const news = await luis.listen(name, { [variable]: id });
      expect(await news.end()).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
    }
  });
});

describe('news of people in a closed directory', () => {
  let server: PeopleServer;
  let ana: Person;
  let luis: Person;
  let eva: Person;
  beforeEach(async () => {
    server = await startPeople({ variables: { USER_DIRECTORY: 'closed' } });
    ana = await buildPerson(server, 'ana');
    luis = await buildPerson(server, 'luis');
    eva = await buildPerson(server, 'eva');
  });
  afterEach(() => server.stop());

  it('tells nobody who registers', async () => {
    const registered = await ana.listen('UserRegistered');
    const changed = await ana.listen('UserChanged');
    await buildPerson(server, 'zoe');
    await rename(ana, 'Ana María');
    await changed.next();
    expect(registered.unread).toBe(0);
  });

  it('tells who unregisters to those among whose people it is, and to nobody else', async () => {
    await luis.mutate('ContactUserAdd', { userId: ana.id });
    await eva.mutate('ContactUserAdd', { userId: luis.id });
    const [ofLuis, ofEva] = [await luis.listen('UserUnregistered'), await eva.listen('UserUnregistered')];
    await leave(ana);
    expect(await ofLuis.nextId()).toBe(ana.id);
    await leave(luis);
    expect(await ofEva.nextId()).toBe(luis.id);
  });

  it('lets only those follow a person who know it', async () => {
    await luis.mutate('ContactUserAdd', { userId: ana.id });
    const known = await luis.listen('UserChanged', { id: ana.id });
    const hidden = await eva.listen('UserChanged', { id: ana.id });
    expect(await hidden.end()).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
    await rename(ana, 'Ana María');
    expect(await known.next()).toMatchObject({ name: 'Ana María' });
  });
});

describe('news of contacts', () => {
  let server: PeopleServer;
  let ana: Person;
  let luis: Person;
  let eva: Person;
  beforeEach(async () => {
    server = await startPeople();
    ana = await buildPerson(server, 'ana');
    luis = await buildPerson(server, 'luis');
    eva = await buildPerson(server, 'eva');
  });
  afterEach(() => server.stop());

  it('reaches all sessions of the owner, and neither the contact nor anybody else', async () => {
    const otherTab = await logIn(server, 'ana');
    const mine = [await ana.listen('ContactUserAdded'), await otherTab.listen('ContactUserAdded')];
    const theirs = await luis.listen('ContactUserAdded');
    await ana.mutate('ContactUserAdd', { userId: luis.id, alias: 'Lucho' });
    await luis.mutate('ContactUserAdd', { userId: eva.id });
    for (const news of mine) expect(await news.next()).toMatchObject({ alias: 'Lucho', user: { id: luis.id } });
    expect(await theirs.next()).toMatchObject({ user: { id: eva.id } });
  });

  it('comes once for a contact that is added again as it was', async () => {
    const news = await ana.listen('ContactUserAdded');
    await ana.mutate('ContactUserAdd', { userId: luis.id, alias: 'Lucho' });
    await ana.mutate('ContactUserAdd', { userId: luis.id, alias: 'Lucho' });
    await ana.mutate('ContactUserAdd', { userId: luis.id, alias: 'Luisito' });
    expect(await news.next()).toMatchObject({ user: { id: luis.id } });
    expect(await news.next()).toMatchObject({ alias: 'Luisito' });
  });

  it('tells the owner alone who was taken out, once', async () => {
    await ana.mutate('ContactUserAdd', { userId: luis.id });
    await luis.mutate('ContactUserAdd', { userId: eva.id });
    await ana.mutate('ContactUserAdd', { userId: eva.id });
    const [mine, theirs] = [await ana.listen('ContactUserRemoved'), await luis.listen('ContactUserRemoved')];
    await ana.mutate('ContactUserRemove', { userId: luis.id });
    await ana.mutate('ContactUserRemove', { userId: luis.id });
    await ana.mutate('ContactUserRemove', { userId: eva.id });
    await luis.mutate('ContactUserRemove', { userId: eva.id });
    expect(await mine.nextId()).toBe(luis.id);
    expect(await mine.nextId()).toBe(eva.id);
    expect(await theirs.nextId()).toBe(eva.id);
  });
});
