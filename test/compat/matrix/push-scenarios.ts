import type { TestSocket } from '../../support/socket-io.js';
import type { Person } from '../../support/wire-person.js';

/**
 * How somebody stands to the group of a world and to its owner: the blocked one has a direct chat with the owner, the
 * blocked member is in the group, too.
 */
export type Onlooker = 'blockedMember' | 'blocked' | 'removed' | 'stranger' | 'nobody';

/** What a push can be about. Each is made anew for every push. */
export interface PushWorld {
  /** Somebody does something over REST; gives the data of the answer. */
  readonly as: (person: Person, at: string, body?: unknown) => Promise<{ readonly id: string }>;
  readonly owner: Person;
  /** Who must hear of it. */
  readonly member: Person;
  /** A socket of the member that is told in the usual way. */
  readonly socket: TestSocket;
  /** One that follows the log by its entries. */
  readonly follower: TestSocket;
  readonly group: string;
  readonly direct: string;
  /** Of the owner, in the group. */
  readonly message: string;
  /** A person whom the member and the owner know only by name. */
  readonly newcomer: () => Promise<Person>;
}

export interface PushScenario {
  readonly cause: (world: PushWorld) => unknown;
  /** Who hears of it beside the member. */
  readonly alsoHeardBy?: readonly Onlooker[];
}

const ofGroup = { alsoHeardBy: ['blockedMember'] } as const;
const addition: PushScenario = {
  cause: ({ as, owner, group }) => as(owner, `POST /conversations/${group}/messages`, { content: 'Hola' }),
  ...ofGroup,
};
const addUser = async ({ as, owner, group, newcomer }: PushWorld): Promise<string> => {
  const { id: userId } = await newcomer();
  await as(owner, `POST /groups/${group}/users`, { userId });
  return userId;
};
const known = (conversationId: string, seq: number) => ({ known: [{ conversationId, seq }] });

/** What causes each push, and who hears of it. */
export const pushScenarios: Readonly<Record<string, PushScenario>> = {
  'message add': addition,
  'new message': addition,
  'message reply': {
    cause: ({ as, owner, message }) => as(owner, `POST /messages/${message}/replies`, { content: 'Sí' }),
    ...ofGroup,
  },
  'message edit': {
    cause: ({ as, owner, message }) => as(owner, `PATCH /messages/${message}`, { content: 'Hola a todos' }),
    ...ofGroup,
  },
  'message remove': {
    cause: ({ as, owner, message }) => as(owner, `DELETE /messages/${message}`),
    ...ofGroup,
  },
  'message react': {
    cause: ({ as, owner, message }) => as(owner, `POST /messages/${message}/reactions`, { emoji: '👍', on: true }),
    ...ofGroup,
  },
  'group create': {
    cause: ({ as, owner, member }) => as(owner, 'POST /groups', { title: 'Otro', userIds: [member.id] }),
  },
  'group delete': { cause: ({ as, owner, group }) => as(owner, `DELETE /groups/${group}`), ...ofGroup },
  'group user add': { cause: addUser, ...ofGroup },
  'group user remove': {
    cause: async (world) => world.as(world.owner, `DELETE /groups/${world.group}/users/${await addUser(world)}`),
    ...ofGroup,
  },
  'group user admin add': {
    cause: ({ as, owner, member, group }) => as(owner, `PUT /groups/${group}/admins/${member.id}`),
    ...ofGroup,
  },
  'group user admin remove': {
    cause: async ({ as, owner, member, group }) => {
      await as(owner, `PUT /groups/${group}/admins/${member.id}`);
      await as(owner, `DELETE /groups/${group}/admins/${member.id}`);
    },
    ...ofGroup,
  },
  'group owner change': {
    cause: ({ as, owner, group }) => as(owner, `DELETE /groups/${group}/users/${owner.id}`),
    ...ofGroup,
  },
  'conversation data': {
    cause: ({ as, owner, group }) => as(owner, `PATCH /conversations/${group}`, { title: 'Nuevo' }),
    ...ofGroup,
  },
  'conversation create': {
    cause: async ({ as, member, newcomer }) => as(await newcomer(), 'POST /conversations', { userId: member.id }),
  },
  'conversation remove': { cause: ({ as, member, group }) => as(member, `DELETE /conversations/${group}`) },
  'conversation spam': { cause: ({ as, member, group }) => as(member, `POST /conversations/${group}/spam`) },
  'conversation read': {
    cause: ({ as, owner, group }) => as(owner, `POST /conversations/${group}/read`, { seq: 2 }),
    ...ofGroup,
  },
  typing: { cause: ({ as, owner, group }) => as(owner, `PUT /conversations/${group}/typing`) },
  'stop typing': {
    cause: async ({ as, owner, group }) => {
      await as(owner, `PUT /conversations/${group}/typing`);
      await as(owner, `DELETE /conversations/${group}/typing`);
    },
  },
  'user unregister': {
    cause: async (world) => {
      const person = await world.newcomer();
      await world.as(person, 'DELETE /users/me', { password: person.password });
    },
    // In an open directory everybody may list the newcomer, whom nobody has blocked.
    alsoHeardBy: ['blockedMember', 'blocked', 'removed', 'stranger'],
  },
  'user change': { cause: ({ as, owner }) => as(owner, 'PATCH /users/me', { phone: `${Date.now()}` }) },
  'user data': { cause: ({ as, member }) => as(member, 'PATCH /users/me', { phone: '+34 600 000 000' }) },
  'contact user add': { cause: ({ as, member, owner }) => as(member, `PUT /contacts/${owner.id}`, { alias: 'Ani' }) },
  'contact user remove': {
    cause: async ({ as, member, owner }) => {
      await as(member, `PUT /contacts/${owner.id}`, { alias: 'Ani' });
      await as(member, `DELETE /contacts/${owner.id}`);
    },
  },
  'conversation event': { cause: addition.cause },
  'conversation caught up': {
    cause: ({ follower, group }) => follower.ask('conversation follow', known(group, 1)),
  },
  'conversation reset': {
    cause: ({ follower, group }) => follower.ask('conversation follow', known(group, 999)),
  },
  'conversation left': {
    cause: ({ as, owner, member, group }) => as(owner, `DELETE /groups/${group}/users/${member.id}`),
  },
  exception: { cause: ({ socket }) => socket.tell('nothing of the kind', {}) },
  'message list': { cause: ({ socket, group }) => socket.tell('coversation open', group) },
  'conversation list': { cause: ({ socket }) => socket.tell('conversation list', {}) },
  userInfo: { cause: ({ socket, direct }) => socket.tell('new message', { conversation: direct, content: 'Hola' }) },
};
