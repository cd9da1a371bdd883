import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import {
  BlocksDocument,
  ContactsDocument,
  type ContactsQuery,
  ContactUserAddDocument,
  type ContactUserAddInput,
  ContactUserRemoveDocument,
  UserBlockDocument,
  UsersDocument,
  UserUnblockDocument,
} from '../../src/generated/operations.js';
import { addContact, block, buildGroup, unblock, unregister } from '../support/builders.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import type { Person } from '../support/wire-person.js';

const unknownId = '0123456789abcdef01234567';
const tooLong = 'x'.repeat(101);

type AboutSomebody = TypedDocumentNode<unknown, { readonly input: { userId: string } }>;
const adding: [string, AboutSomebody][] = [
  ['ContactUserAdd', ContactUserAddDocument],
  ['UserBlock', UserBlockDocument],
];
const removing: [string, AboutSomebody][] = [
  ['ContactUserRemove', ContactUserRemoveDocument],
  ['UserUnblock', UserUnblockDocument],
];
const lists: [string, TypedDocumentNode<unknown, { first?: number; after?: string }>][] = [
  ['Contacts', ContactsDocument],
  ['Blocks', BlocksDocument],
];

describe('contacts', () => {
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

  const add = async (input: ContactUserAddInput) =>
    (await ana.run(ContactUserAddDocument, { input })).contactUserAdd.contact;
  const remove = async ({ id }: Person) =>
    (await ana.run(ContactUserRemoveDocument, { input: { userId: id } })).contactUserRemove;
  const contactsOf = async (person: Person) => {
    const { contacts } = await person.run(ContactsDocument, {});
    return contacts.edges.map(({ node }) => [node.user.username, node.alias]);
  };

  it('are listed newest first, to their owner alone', async () => {
    await addContact(ana, luis, 'Lucho');
    await addContact(ana, eva);
    expect(await contactsOf(ana)).toEqual([
      ['eva', null],
      ['luis', 'Lucho'],
    ]);
    expect(await contactsOf(luis)).toEqual([]);
  });

  it('are paged without a hole or a double', async () => {
    const names = ['c1', 'c2', 'c3', 'c4', 'c5'];
    for (const name of names) await addContact(ana, await server.register(name));
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { contacts }: ContactsQuery = await ana.run(ContactsDocument, { first: 2, after });
      seen.push(...contacts.edges.map(({ node }) => node.user.username));
      after = contacts.pageInfo.hasNextPage ? contacts.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(names.reverse());
  });

  it('added again change their alias and make no second row', async () => {
    const first = await add({ userId: luis.id, alias: 'Lucho' });
    const second = await add({ userId: luis.id, alias: 'Luisito' });
    expect(second).toEqual({ ...first, alias: 'Luisito' });
    await addContact(ana, luis);
    expect(await contactsOf(ana)).toEqual([['luis', 'Luisito']]);
    await addContact(ana, luis, null);
    expect(await contactsOf(ana)).toEqual([['luis', null]]);
  });

  it('added many times at once are one row', async () => {
    const added = Array.from({ length: 8 }, () => add({ userId: luis.id, alias: 'Lucho' }));
    const ids = (await Promise.all(added)).map(({ id }) => id);
    expect(new Set(ids).size).toBe(1);
    expect(await contactsOf(ana)).toEqual([['luis', 'Lucho']]);
  });

  it('are taken out, and taking out who is not in succeeds too', async () => {
    await addContact(ana, luis);
    expect(await remove(luis)).toEqual({ userId: luis.id });
    expect(await remove(luis)).toEqual({ userId: luis.id });
    expect(await contactsOf(ana)).toEqual([]);
  });

  it.each(adding)('%s refuses oneself', async (_name, document) => {
    const error = await ana.refused(document, { input: { userId: ana.id } });
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT', extensions: { fields: [{ path: 'userId' }] } });
  });

  it.each([...adding, ...removing])(
    '%s answers NOT_FOUND for nobody, also for what is no id',
    async (_name, document) => {
      const unknown = await ana.refused(document, { input: { userId: unknownId } });
      expect(unknown.code).toBe('NOT_FOUND');
      expect((await ana.refused(document, { input: { userId: 'no id' } })).errors).toEqual(unknown.errors);
      expect((await ana.refused(document, { input: { userId: '' } })).errors).toEqual(unknown.errors);
    },
  );

  it.each(adding)('%s answers NOT_FOUND for somebody who has gone', async (_name, document) => {
    await unregister(luis);
    expect(await ana.refused(document, { input: { userId: luis.id } })).toMatchObject({ code: 'NOT_FOUND' });
  });

  it.each(['', ' ', 'a\u0000', 'a\nb', tooLong, { $ne: null }, 7])('refuse the alias %j', async (alias) => {
    const error = await ana.refused(ContactUserAddDocument, { input: { userId: luis.id, alias: alias as never } });
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(await contactsOf(ana)).toEqual([]);
  });

  it.each(lists)('%s refuses more than 200 rows and foreign cursors', async (_name, document) => {
    for (const variables of [{ first: 201 }, { first: -1 }, { after: 'x' }, { after: 'W10' }]) {
      expect(await ana.refused(document, variables)).toMatchObject({ code: 'BAD_USER_INPUT' });
    }
  });
});

describe('blocks', () => {
  let server: TestServer;
  let ana: Person;
  let luis: Person;
  beforeEach(async () => {
    server = await startChatset();
    ana = await server.register('ana');
    luis = await server.register('luis');
  });
  afterEach(() => server.stop());

  const blockedBy = async (person: Person) =>
    (await person.run(BlocksDocument, {})).blocks.edges.map(({ node }) => node.username);
  const listedTo = async (person: Person) =>
    (await person.run(UsersDocument, {})).users.edges.map(({ node }) => node.username);

  it('are listed latest first, to who made them alone', async () => {
    const eva = await server.register('eva');
    await block(ana, luis);
    await block(ana, eva);
    expect(await blockedBy(ana)).toEqual(['eva', 'luis']);
    expect(await blockedBy(luis)).toEqual([]);
  });

  it('made twice are one, and ended twice are none', async () => {
    const input = { userId: luis.id };
    expect((await ana.run(UserBlockDocument, { input })).userBlock.user).toMatchObject({ username: 'luis' });
    await block(ana, luis);
    expect(await blockedBy(ana)).toEqual(['luis']);
    await unblock(ana, luis);
    expect((await ana.run(UserUnblockDocument, { input })).userUnblock.user).toMatchObject({ username: 'luis' });
    expect(await blockedBy(ana)).toEqual([]);
  });

  it('hide both from each other in lists of people', async () => {
    await block(ana, luis);
    expect(await listedTo(ana)).toEqual(['ana']);
    expect(await listedTo(luis)).toEqual(['luis']);
    await unblock(ana, luis);
    expect(await listedTo(luis)).toEqual(['ana', 'luis']);
  });

  it('hold in both directions and end at once', async () => {
    const { relations } = server.app.rooms.core;
    expect(await relations.isBlocked(ana.id, luis.id)).toBe(false);
    await block(ana, luis);
    expect(await relations.isBlocked(ana.id, luis.id)).toBe(true);
    expect(await relations.isBlocked(luis.id, ana.id)).toBe(true);
    expect(await relations.hiddenFrom(luis.id)).toEqual(new Set([ana.id]));
    await block(luis, ana);
    await unblock(ana, luis);
    expect(await relations.isBlocked(ana.id, luis.id)).toBe(true);
    await unblock(luis, ana);
    expect(await relations.isBlocked(ana.id, luis.id)).toBe(false);
  });

  it('take people out of the audience of each other', async () => {
    const eva = await server.register('eva');
    await buildGroup(ana, [luis, eva]);
    await addContact(eva, ana);
    expect((await server.app.rooms.core.relations.audienceOf(ana.id)).sort()).toEqual([luis.id, eva.id].sort());
    await block(luis, ana);
    expect(await server.app.rooms.core.relations.audienceOf(ana.id)).toEqual([eva.id]);
  });
});
