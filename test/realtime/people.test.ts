import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import {
  ContactUserAddedDocument,
  ContactUserRemovedDocument,
  ContactUserRemoveDocument,
  PresenceChangedDocument,
  UserChangedDocument,
  UserRegisteredDocument,
  UserUnregisteredDocument,
  UserUpdateDocument,
} from '../../src/generated/operations.js';
import { addContact, block, buildGroup, unblock, unregister } from '../support/builders.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import type { Recording } from '../support/recording.js';
import type { Person } from '../support/wire-person.js';

const unknownId = '0123456789abcdef01234567';

const rename = (person: Person, name: string) => person.run(UserUpdateDocument, { input: { name } });
const removeContact = (owner: Person, { id }: Person) =>
  owner.run(ContactUserRemoveDocument, { input: { userId: id } });

/** The next event of a view, which has one field. */
async function next<Event>(news: Recording<Record<string, Event>>): Promise<Event> {
  const [event] = Object.values(await news.next());
  return event as Event;
}

describe('news of people in an open directory', () => {
  let server: TestServer;
  let ana: Person;
  let luis: Person;
  let eva: Person;
  beforeEach(async () => {
    server = await startChatset();
    ana = await server.register('ana', { mail: 'ana@example.org' });
    luis = await server.register('luis');
    eva = await server.register('eva');
  });
  afterEach(() => server.stop());

  it('tells everybody who registers', async () => {
    const news = await ana.follow(UserRegisteredDocument, {});
    const zoe = await server.register('zoe');
    expect(await next(news)).toMatchObject({ id: zoe.id, username: 'zoe' });
  });

  it('tells everybody who unregisters, but those who stand in a block with the person', async () => {
    await block(ana, luis);
    const [ofAna, ofEva] = [
      await ana.follow(UserUnregisteredDocument, {}),
      await eva.follow(UserUnregisteredDocument, {}),
    ];
    const zoe = await server.register('zoe');
    await unregister(luis);
    await unregister(zoe);
    expect(await next(ofEva)).toBe(luis.id);
    expect(await next(ofEva)).toBe(zoe.id);
    expect(await next(ofAna)).toBe(zoe.id);
  });

  it('tells of changes to the person, those who have it as a contact and people of shared conversations', async () => {
    await addContact(luis, ana);
    await buildGroup(ana, [eva]);
    const listeners = await Promise.all([ana, luis, eva].map((person) => person.follow(UserChangedDocument, {})));
    await rename(ana, 'Ana María');
    for (const news of listeners) expect(await next(news)).toMatchObject({ id: ana.id, name: 'Ana María' });
  });

  it('tells nobody else of changes, also not those whom the person has as contacts, and not the blocked', async () => {
    await addContact(ana, luis);
    await addContact(eva, ana);
    await block(ana, eva);
    const listeners = [await luis.follow(UserChangedDocument, {}), await eva.follow(UserChangedDocument, {})];
    await rename(ana, 'Ana María');
    await rename(luis, 'Luis himself');
    await rename(eva, 'Eva herself');
    expect(await next(listeners[0]!)).toMatchObject({ name: 'Luis himself' });
    expect(await next(listeners[1]!)).toMatchObject({ name: 'Eva herself' });
  });

  it('tells of changes of one person to whoever names it, and of nobody else', async () => {
    await addContact(luis, eva);
    const news = await luis.follow(UserChangedDocument, { id: ana.id });
    await rename(eva, 'Eva María');
    await rename(ana, 'Ana María');
    expect(await next(news)).toMatchObject({ id: ana.id, name: 'Ana María' });
  });

  it('stops telling who named a person and stands in a block with it since', async () => {
    const news = await luis.follow(UserChangedDocument, { id: ana.id });
    await block(ana, luis);
    await rename(ana, 'Hidden');
    await unblock(ana, luis);
    await rename(ana, 'Shown');
    expect(await next(news)).toMatchObject({ name: 'Shown' });
  });

  it('makes no event of a change that changes nothing', async () => {
    await rename(ana, 'Ana');
    const news = await ana.follow(UserChangedDocument, {});
    await rename(ana, 'Ana');
    await rename(ana, 'Ana María');
    expect(await next(news)).toMatchObject({ name: 'Ana María' });
  });

  it.each<[string, TypedDocumentNode<unknown, object>, string]>([
    ['UserChanged', UserChangedDocument, 'id'],
    ['PresenceChanged', PresenceChangedDocument, 'userId'],
  ])('%s refuses to follow nobody', async (_name, document, variable) => {
    for (const id of [unknownId, 'no id', '']) {
      const news = await luis.follow(document, { [variable]: id });
      expect(await news.end()).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
    }
  });
});

describe('news of people in a closed directory', () => {
  let server: TestServer;
  let ana: Person;
  let luis: Person;
  let eva: Person;
  beforeEach(async () => {
    server = await startChatset({ USER_DIRECTORY: 'closed' });
    ana = await server.register('ana');
    luis = await server.register('luis');
    eva = await server.register('eva');
  });
  afterEach(() => server.stop());

  it('tells nobody who registers', async () => {
    const registered = await ana.follow(UserRegisteredDocument, {});
    const changed = await ana.follow(UserChangedDocument, {});
    await server.register('zoe');
    await rename(ana, 'Ana María');
    await next(changed);
    expect(registered.unread).toBe(0);
  });

  it('tells who unregisters to those among whose people it is, and to nobody else', async () => {
    await addContact(luis, ana);
    await addContact(eva, luis);
    const [ofLuis, ofEva] = [
      await luis.follow(UserUnregisteredDocument, {}),
      await eva.follow(UserUnregisteredDocument, {}),
    ];
    await unregister(ana);
    expect(await next(ofLuis)).toBe(ana.id);
    await unregister(luis);
    expect(await next(ofEva)).toBe(luis.id);
  });

  it('lets only those follow a person who know it', async () => {
    await addContact(luis, ana);
    const known = await luis.follow(UserChangedDocument, { id: ana.id });
    const hidden = await eva.follow(UserChangedDocument, { id: ana.id });
    expect(await hidden.end()).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
    await rename(ana, 'Ana María');
    expect(await next(known)).toMatchObject({ name: 'Ana María' });
  });
});

describe('news of contacts', () => {
  let server: TestServer;
  let ana: Person;
  let luis: Person;
  let eva: Person;
  beforeEach(async () => {
    server = await startChatset();
    ana = await server.register('ana');
    luis = await server.register('luis');
    eva = await server.register('eva');
  });
  afterEach(() => server.stop());

  it('reaches all sessions of the owner, and neither the contact nor anybody else', async () => {
    const otherTab = await server.logIn('ana');
    const mine = [await ana.follow(ContactUserAddedDocument, {}), await otherTab.follow(ContactUserAddedDocument, {})];
    const theirs = await luis.follow(ContactUserAddedDocument, {});
    await addContact(ana, luis, 'Lucho');
    await addContact(luis, eva);
    for (const news of mine) expect(await next(news)).toMatchObject({ alias: 'Lucho', user: { id: luis.id } });
    expect(await next(theirs)).toMatchObject({ user: { id: eva.id } });
  });

  it('comes once for a contact that is added again as it was', async () => {
    const news = await ana.follow(ContactUserAddedDocument, {});
    await addContact(ana, luis, 'Lucho');
    await addContact(ana, luis, 'Lucho');
    await addContact(ana, luis, 'Luisito');
    expect(await next(news)).toMatchObject({ user: { id: luis.id } });
    expect(await next(news)).toMatchObject({ alias: 'Luisito' });
  });

  it('tells the owner alone who was taken out, once', async () => {
    await addContact(ana, luis);
    await addContact(luis, eva);
    await addContact(ana, eva);
    const [mine, theirs] = [
      await ana.follow(ContactUserRemovedDocument, {}),
      await luis.follow(ContactUserRemovedDocument, {}),
    ];
    await removeContact(ana, luis);
    await removeContact(ana, luis);
    await removeContact(ana, eva);
    await removeContact(luis, eva);
    expect(await next(mine)).toBe(luis.id);
    expect(await next(mine)).toBe(eva.id);
    expect(await next(theirs)).toBe(eva.id);
  });
});
