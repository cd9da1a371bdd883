import {
  GroupCreateDocument,
  GroupUserAddDocument,
  GroupUserRemoveDocument,
  GroupUsersDocument,
  LoginDocument,
  MeDocument,
  UserDocument,
  UserRegisterDocument,
  UsersDocument,
  UserUnregisterDocument,
} from '../../src/generated/operations.js';
import { newId, objectId } from '../../src/database/ids.js';
import { ConversationEventType } from '../../src/log/entry-type.js';
import { goodPassword } from '../support/accounts.js';
import { addContact, block, buildGroup, unregister } from '../support/builders.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import { openTestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import type { Person } from '../support/wire-person.js';

const removalOf = async ({ app }: TestServer, { id }: Person) => (await app.collections.users.findById(id))?.removal;

describe('unregistering', () => {
  let server: TestServer;
  let ana: Person;
  let luis: Person;
  beforeEach(async () => {
    server = await startChatset({}, { erasurePauseMs: 5 });
    ana = await server.register('ana', { name: 'Ana', mail: 'ana@example.org', phone: '1' });
    luis = await server.register('luis');
  });
  afterEach(() => server.stop());

  const erased = (person: Person) => eventually(async () => expect(await removalOf(server, person)).toBe('done'));
  const meOf = async (person: Person) => (await person.run(MeDocument, {})).me;

  it('leaves a tombstone that says nothing of the person', async () => {
    const page = await server.logIn('ana');
    expect(await unregister(page)).toBe(ana.id);
    expect(page.cookies.at(-1)).toMatch(/^sid=; .*Max-Age=0/);
    await erased(ana);
    const { user } = await luis.run(UserDocument, { id: ana.id });
    expect(user).toMatchObject({ id: ana.id, name: null, profileImage: null });
    const stored = await server.app.collections.users.findById(ana.id);
    expect(stored?.username).toMatch(/^removed-[0-9a-f]{8}$/);
    expect(Object.keys(stored ?? {}).sort()).toEqual(['createdAt', 'id', 'removal', 'role', 'searchKeys', 'username']);
    expect(stored).toMatchObject({ removal: 'done', searchKeys: [] });
  });

  it('ends all sessions and the log-in', async () => {
    const other = await server.logIn('ana');
    await unregister(ana);
    expect(await meOf(ana)).toBeNull();
    expect(await meOf(other)).toBeNull();
    const input = { username: 'ana', password: goodPassword };
    const tombstone = await server.app.collections.users.findById(ana.id);
    expect(await server.visitor().refused(LoginDocument, { input })).toMatchObject({ code: 'UNAUTHENTICATED' });
    const asTombstone = { ...input, username: tombstone?.username ?? '' };
    expect(await server.visitor().refused(LoginDocument, { input: asTombstone })).toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });

  it('never gives the name away again, in any case, and keeps only its hash', async () => {
    await unregister(ana);
    for (const username of ['ana', 'ANA']) {
      const input = { username, password: goodPassword };
      expect(await server.visitor().refused(UserRegisterDocument, { input })).toMatchObject({ code: 'CONFLICT' });
    }
    expect(JSON.stringify(await server.app.collections.retiredNames.find({}))).not.toContain('ana"');
  });

  it('leaves every conversation and takes contacts and blocks of both sides away', async () => {
    const groupId = await buildGroup(ana, [luis]);
    await addContact(luis, ana);
    await addContact(ana, luis);
    await block(luis, ana);
    await block(ana, luis);
    await unregister(ana);
    await erased(ana);
    const { groupUsers } = await luis.run(GroupUsersDocument, { groupId });
    expect(groupUsers.edges.map(({ node }) => node.user.id)).toEqual([luis.id]);
    expect(await server.app.collections.contacts.find({})).toEqual([]);
    expect(await server.app.collections.blocks.find({})).toEqual([]);
  });

  describe('while somebody brings the person into a group', () => {
    const tombstone = { $set: { removal: 'done' as const } };
    /** What is left of an unregistering that came between the look at the person and the entry of the log. */
    const goneBefore = (command: string) =>
      server.beforeCommand(command, () => void server.app.collections.users.updateMany({ _id: luis.id }, tombstone));
    const places = () => server.app.collections.members.find({ userId: luis.id, leftSeq: null });

    it('leaves it out of a group that is created', async () => {
      goneBefore('conversations.insertOne');
      const groupId = await buildGroup(ana, [luis]);
      const { groupUsers } = await ana.run(GroupUsersDocument, { groupId });
      expect(groupUsers.edges.map(({ node }) => node.user.id)).toEqual([ana.id]);
      expect(await places()).toEqual([]);
    });

    it('leaves it out of a group that exists, and says that there is no such person', async () => {
      const groupId = await buildGroup(ana, []);
      goneBefore('members.bulkWrite');
      const input = { groupId, userId: luis.id };
      expect(await ana.refused(GroupUserAddDocument, { input })).toMatchObject({ code: 'NOT_FOUND' });
      expect(await places()).toEqual([]);
    });

    it('leaves none in its place, however often the two meet', async () => {
      const isOver = unregister(luis).then(() => true);
      const create = () => ana.codeOf(GroupCreateDocument, { input: { title: 'Once', userIds: [luis.id] } });
      const codes: string[] = [];
      while (!codes.includes('NOT_FOUND')) codes.push(...(await Promise.all([create(), create(), create()])));
      expect(await isOver).toBe(true);
      await erased(luis);
      expect(await places()).toEqual([]);
    });

    it('does not make it an owner', async () => {
      const eva = await server.register('eva');
      const groupId = await buildGroup(ana, [luis, eva]);
      await server.app.collections.users.updateMany({ _id: luis.id }, tombstone);
      await ana.run(GroupUserRemoveDocument, { input: { groupId, userId: ana.id } });
      const { groupUsers } = await eva.run(GroupUsersDocument, { groupId });
      const owners = groupUsers.edges.filter(({ node }) => node.role === 'OWNER');
      expect(owners.map(({ node }) => node.user.id)).toEqual([eva.id]);
    });
  });

  it('hands a group on to somebody who stays, also when the heir goes with the owner', async () => {
    const eva = await server.register('eva');
    const groupId = await buildGroup(ana, [luis, eva]);
    const leave = () => ana.run(GroupUserRemoveDocument, { input: { groupId, userId: ana.id } });
    await Promise.all([unregister(luis), leave()]);
    await erased(luis);
    const { groupUsers } = await eva.run(GroupUsersDocument, { groupId });
    expect(groupUsers.edges.map(({ node }) => [node.user.id, node.role])).toEqual([[eva.id, 'OWNER']]);
  });

  it('takes the person out of the lists', async () => {
    await unregister(ana);
    const { users } = await luis.run(UsersDocument, {});
    expect(users.edges.map(({ node }) => node.username)).toEqual(['luis']);
    expect(await luis.refused(UserDocument, { username: 'ana' })).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('needs the password', async () => {
    const error = await ana.refused(UserUnregisterDocument, { input: { password: 'a wrong one' } });
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT', extensions: { fields: [{ path: 'password' }] } });
    expect(await meOf(ana)).toMatchObject({ username: 'ana' });
  });

  it('happens once when it is asked for twice at once', async () => {
    const leave = () => ana.codeOf(UserUnregisterDocument, { input: { password: goodPassword } });
    expect((await Promise.all([leave(), leave()])).sort()).toEqual(['OK', 'UNAUTHENTICATED']);
  });
});

describe('an erasure that is interrupted', () => {
  const membersOf = async (viewer: Person, groupId: string) =>
    (await viewer.run(GroupUsersDocument, { groupId })).groupUsers.edges.map(({ node }) => node.user.id);
  /** A command that only the erasure in the background sends. */
  const itsCommand = 'members.find';

  it('goes on at the next start', async () => {
    const database = await openTestDatabase();
    const failing = await startChatset({}, { database, log: () => undefined });
    const [ana, luis] = [await failing.register('ana'), await failing.register('luis')];
    const groupId = await buildGroup(luis, [ana]);
    failing.breakCommand(itsCommand);
    await unregister(ana);
    await failing.app.rooms.people.erasures.idle();
    expect(await removalOf(failing, ana)).toBe('pending');
    await failing.stop();

    const next = await startChatset({}, { database, erasurePauseMs: 5 });
    await eventually(async () => expect(await removalOf(next, ana)).toBe('done'));
    expect(await membersOf(await next.logIn('luis'), groupId)).toEqual([luis.id]);
    await next.stop();
    await database.stop();
  });

  /** What bringing somebody in leaves in the log when its process crashes right after it. */
  const bringIn = async ({ app }: TestServer, entry: { groupId: string; actorId: string; userId: string }) => {
    await app.collections.log.native.insertOne({
      _id: objectId(newId()),
      conversationId: objectId(entry.groupId),
      seq: 2,
      type: ConversationEventType.MEMBER_ADDED,
      actorId: objectId(entry.actorId),
      userId: objectId(entry.userId),
      createdAt: new Date(),
      pending: true,
    });
  };

  it.each(['before it looked for groups', 'after it had looked for groups'])(
    'takes the person out of a group into which a process brought it that crashed %s',
    async (moment) => {
      const database = await openTestDatabase();
      const crashing = await startChatset({}, { database });
      const [ana, luis] = [await crashing.register('ana'), await crashing.register('luis')];
      const groupId = await buildGroup(luis, []);
      const crash = () => bringIn(crashing, { groupId, actorId: luis.id, userId: ana.id });
      if (moment.startsWith('before')) await crash();
      await unregister(ana);
      await crashing.app.rooms.people.erasures.idle();
      if (moment.startsWith('after')) await crash();
      await crashing.stop();

      const next = await startChatset({}, { database, erasurePauseMs: 5 });
      await eventually(async () => expect(await removalOf(next, ana)).toBe('done'));
      expect(await membersOf(await next.logIn('luis'), groupId)).toEqual([luis.id]);
      await next.stop();
      await database.stop();
    },
  );

  it('is tried again by itself after a failure', async () => {
    const lines: string[] = [];
    const server = await startChatset({}, { erasurePauseMs: 5, log: (line) => void lines.push(line) });
    const [ana, luis] = [await server.register('ana'), await server.register('luis')];
    const groupId = await buildGroup(luis, [ana]);
    const mend = server.breakCommand(itsCommand);
    await unregister(ana);
    await eventually(() => expect(lines.join()).toContain('background work failed'));
    expect(await removalOf(server, ana)).toBe('pending');
    mend();
    await eventually(async () => expect(await removalOf(server, ana)).toBe('done'));
    expect(await membersOf(luis, groupId)).toEqual([luis.id]);
    await server.stop();
  });
});
