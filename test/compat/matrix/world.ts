import {
  ConversationCreateDocument,
  GroupCreateDocument,
  GroupUserAddDocument,
  GroupUserAdminAddDocument,
  GroupUserRemoveDocument,
  LoginDocument,
  MessageAddDocument,
  UserBlockDocument,
} from '../../../src/generated/operations.js';
import { startChatset, type TestServer } from '../../support/chatset.js';
import { TestSocket } from '../../support/socket-io.js';
import { Person, send } from '../../support/wire-person.js';

/** How somebody stands to a group; the blocked one to a direct chat with who blocked it. */
export const roles = ['stranger', 'member', 'admin', 'owner', 'removed', 'blocked', 'siteAdmin'] as const;
export type Role = (typeof roles)[number];

/** What one call can be about. Nothing in it has been touched by another call that was let through. */
export interface World {
  readonly caller: Caller;
  readonly group: string;
  /** The group, or the direct chat of the blocked one. */
  readonly conversation: string;
  /** Of the owner, in the conversation. */
  readonly message: string;
  /** A plain member of the group; for the blocked one, who blocked it. */
  readonly person: string;
  /** An admin of the group beside the one who calls. */
  readonly otherAdmin: string;
  readonly outsider: string;
}

/** Somebody with an open socket. */
export interface Caller {
  readonly person: Person;
  readonly socket: TestSocket;
}

type Cast = Record<'ana' | 'leo' | 'rui' | 'ada' | 'mia' | 'oto' | 'sol' | 'eva' | 'sam', Person>;
const playedBy = {
  stranger: 'sol',
  member: 'leo',
  admin: 'rui',
  owner: 'ana',
  removed: 'oto',
  siteAdmin: 'sam',
} as const;

/** A server with one person for every role. */
export class Stage {
  private readonly callers = new Map<Person, Caller>();
  private readonly worlds = new Map<Role, World>();

  private constructor(
    readonly server: TestServer,
    private readonly cast: Cast,
  ) {}

  static async open(): Promise<Stage> {
    const server = await startChatset();
    const names = ['ana', 'leo', 'rui', 'ada', 'mia', 'oto', 'sol', 'eva', 'sam'] as const;
    const people = await server.people(...names);
    const cast = Object.fromEntries(people.map((person, at) => [names[at], person])) as unknown as Cast;
    const { sam } = cast;
    await server.app.collections.users.updateMany({ _id: sam.id }, { $set: { role: 'ADMIN' } });
    const { login } = await send(server, LoginDocument, { input: { username: sam.username, password: sam.password } });
    return new Stage(server, { ...cast, sam: new Person(server.url, { ...sam, ...login }) });
  }

  /** Somebody new, with a socket. */
  async newcomer(): Promise<Caller> {
    const [person] = await this.server.people('new');
    return this.callerOf(person);
  }

  /** The world as it stands before a call of somebody in this role; the same until it has been changed. */
  async world(role: Role): Promise<World> {
    const world = this.worlds.get(role) ?? (await this.build(role));
    this.worlds.set(role, world);
    return world;
  }

  /** A call has changed the world of a role. */
  changed(role: Role): void {
    this.worlds.delete(role);
  }

  async close(): Promise<void> {
    for (const { socket } of this.callers.values()) socket.close();
    await this.server.stop();
  }

  private async build(role: Role): Promise<World> {
    const { ana, rui, ada, leo, mia, oto, eva } = this.cast;
    const userIds = [rui, ada, leo, mia, oto].map(({ id }) => id);
    const { groupCreate } = await ana.run(GroupCreateDocument, { input: { title: 'Club', userIds } });
    const groupId = groupCreate.conversation.id;
    for (const { id: userId } of [rui, ada]) await ana.run(GroupUserAdminAddDocument, { input: { groupId, userId } });
    await ana.run(GroupUserRemoveDocument, { input: { groupId, userId: oto.id } });
    const common = { group: groupId, otherAdmin: ada.id, outsider: eva.id };
    if (role === 'blocked') return { ...common, ...(await this.blockedIn(groupId)) };
    const message = await say(ana, groupId);
    const caller = await this.callerOf(this.cast[playedBy[role]]);
    return { ...common, caller, conversation: groupId, message, person: mia.id };
  }

  private async blockedIn(groupId: string): Promise<Pick<World, 'caller' | 'conversation' | 'message' | 'person'>> {
    const { ana, rui } = this.cast;
    const caller = await this.newcomer();
    const userId = caller.person.id;
    await rui.run(GroupUserAddDocument, { input: { groupId, userId } });
    const { conversationCreate } = await ana.run(ConversationCreateDocument, { input: { userId } });
    const conversation = conversationCreate.conversation.id;
    const message = await say(ana, conversation);
    await ana.run(UserBlockDocument, { input: { userId } });
    return { caller, conversation, message, person: ana.id };
  }

  private async callerOf(person: Person): Promise<Caller> {
    const known = this.callers.get(person);
    if (known) return known;
    const socket = TestSocket.modern(this.server.url, person.token, { transports: ['websocket'] });
    const caller = { person, socket: await socket.welcomed() };
    this.callers.set(person, caller);
    return caller;
  }
}

async function say(person: Person, conversationId: string): Promise<string> {
  const { messageAdd } = await person.run(MessageAddDocument, { input: { conversationId, content: 'Hola' } });
  return messageAdd.message.id;
}
