import type { Given } from '../../../src/compat/operation.js';
import type { Role, World } from './world.js';

/** Who may call a row: nobody in particular, anybody with identity, or each role as it says; what is not said is let through. */
export type Verdict = 'public' | 'own' | Partial<Record<Role, number>>;

/** A call of a row that somebody who may makes, and who may. */
export interface Scenario {
  readonly given: (world: World) => Given;
  readonly verdict: Verdict;
  /** Whether it changes who calls, so that somebody new must. */
  readonly isLast?: true;
}

const hidden = { stranger: 404, removed: 404, siteAdmin: 404 };
const leadersOnly = { ...hidden, member: 403, blocked: 403 };
const ownerOnly = { ...leadersOnly, admin: 403 };
const siteAdminOnly = { stranger: 403, member: 403, admin: 403, owner: 403, removed: 403, blocked: 403 };
const notBlocked = { blocked: 403 };
const password = 'correct horse battery staple';
let names = 0;
const account = () => ({ username: `new-${(names += 1)}${Date.now() % 100_000}`, password });
const inConversation = ({ conversation }: World) => ({ conversationId: conversation });
const inGroup = ({ group }: World) => ({ groupId: group });

/** One for every row, by its event and the name of its document. */
export const scenarios: Readonly<Record<string, Scenario>> = {
  'login: Login': {
    given: ({ caller: { person } }) => ({ username: person.username, password: person.password }),
    verdict: 'public',
  },
  'logout: Logout': { given: () => ({}), verdict: 'own', isLast: true },
  'session list: Sessions': { given: () => ({}), verdict: 'own', isLast: true },
  'session revoke: SessionRevoke': { given: () => ({ all: true }), verdict: 'own', isLast: true },
  'conversation create: GroupCreate of old': {
    given: ({ caller, person }) => ({
      members: [caller.person.id, person],
      type_conversation: 'group',
      title_conversation: 'Equipo',
    }),
    verdict: notBlocked,
  },
  'conversation create: ConversationCreate of old': {
    given: ({ caller, person }) => ({ members: [caller.person.id, person] }),
    verdict: notBlocked,
  },
  'conversation create: ConversationCreate': { given: ({ person }) => ({ userId: person }), verdict: notBlocked },
  'conversation remove: ConversationRemove': { given: inConversation, verdict: hidden },
  'conversation spam: ConversationSpamClear': {
    given: inConversation,
    verdict: hidden,
  },
  'conversation spam: ConversationSpam': {
    given: (world) => ({ ...inConversation(world), reason: 'Ads' }),
    verdict: hidden,
  },
  'conversation open: ConversationOpen': { given: inConversation, verdict: hidden },
  'conversation close: ConversationClose': { given: inConversation, verdict: hidden },
  'conversation list: ConversationsWithMembers': { given: () => ({ first: 3 }), verdict: 'own' },
  'conversation data: ConversationUpdate': {
    given: (world) => ({ ...inConversation(world), title: 'Nuevo' }),
    verdict: leadersOnly,
  },
  'conversation data: DirectConversation': { given: ({ person }) => ({ userId: person }), verdict: 'own' },
  'conversation data: Conversation': { given: ({ conversation }) => ({ id: conversation }), verdict: hidden },
  'conversation read: ConversationRead': { given: (world) => ({ ...inConversation(world), seq: 1 }), verdict: hidden },
  'conversation mute: ConversationMute': {
    given: (world) => ({ ...inConversation(world), muted: true }),
    verdict: hidden,
  },
  'conversation events: ConversationEvents': {
    given: (world) => ({ ...inConversation(world), first: 2 }),
    verdict: hidden,
  },
  'conversation follow: ConversationFeed': { given: () => ({ known: [] }), verdict: 'own' },
  'typing: TypingSet': { given: inConversation, verdict: { ...hidden, ...notBlocked } },
  'stop typing: TypingSet': { given: inConversation, verdict: { ...hidden, ...notBlocked } },
  'message add: MessageAdd': {
    given: (world) => ({ ...inConversation(world), content: 'Hola' }),
    verdict: { ...hidden, ...notBlocked },
  },
  'new message: MessageAdd': {
    given: ({ conversation }) => ({ conversation, content: 'Hola' }),
    verdict: { ...hidden, ...notBlocked },
  },
  'message reply: MessageReply': {
    given: ({ message }) => ({ messageId: message, content: 'Sí' }),
    verdict: { ...hidden, ...notBlocked },
  },
  'message list: Messages': { given: inConversation, verdict: hidden },
  'message list: MessagesWith': { given: ({ person }) => ({ userId: person }), verdict: 'own' },
  'message list: RecentMessages': { given: () => ({}), verdict: 'own' },
  'message edit: MessageEdit': {
    given: ({ message }) => ({ messageId: message, content: 'Nuevo' }),
    verdict: ownerOnly,
  },
  'message remove: MessageRemove': { given: ({ message }) => ({ messageId: message }), verdict: leadersOnly },
  'message react: MessageReact': {
    given: ({ message }) => ({ messageId: message, emoji: '👍', on: true }),
    verdict: { ...hidden, ...notBlocked },
  },
  'group create: GroupCreate': { given: ({ person }) => ({ title: 'Otro', userIds: [person] }), verdict: notBlocked },
  'group delete: GroupDelete': { given: inGroup, verdict: ownerOnly },
  'group user add: GroupUserAdd': {
    given: (world) => ({ ...inGroup(world), userId: world.outsider }),
    verdict: leadersOnly,
  },
  'group user remove: GroupUserRemove': {
    given: (world) => ({ ...inGroup(world), userId: world.person }),
    verdict: leadersOnly,
  },
  'group user admin add: GroupUserAdminAdd': {
    given: (world) => ({ ...inGroup(world), userId: world.person }),
    verdict: ownerOnly,
  },
  'group user admin remove: GroupUserAdminRemove': {
    given: (world) => ({ ...inGroup(world), userId: world.otherAdmin }),
    verdict: ownerOnly,
  },
  'group user list: GroupUsers': { given: inGroup, verdict: hidden },
  'user register: UserRegister': { given: account, verdict: 'public' },
  'user unregister: UserUnregister': { given: () => ({ password }), verdict: 'own', isLast: true },
  'user list: Users': { given: () => ({ first: 5 }), verdict: 'own' },
  'user data: User': { given: ({ otherAdmin }) => ({ id: otherAdmin }), verdict: 'own' },
  'user data: UserUpdate': { given: () => ({ phone: '123' }), verdict: 'own', isLast: true },
  'user data: Me': { given: () => ({}), verdict: 'own' },
  'password change: PasswordChange': {
    given: () => ({ currentPassword: password, newPassword: `${password}!` }),
    verdict: 'own',
    isLast: true,
  },
  'contact user add: ContactUserAdd': {
    given: ({ person }) => ({ userId: person, alias: 'Mi' }),
    verdict: 'own',
    isLast: true,
  },
  'contact user remove: ContactUserRemove': { given: ({ person }) => ({ userId: person }), verdict: 'own' },
  'contact list: Contacts': { given: () => ({ first: 5 }), verdict: 'own' },
  'user block: UserBlock': { given: ({ outsider }) => ({ userId: outsider }), verdict: 'own', isLast: true },
  'user unblock: UserUnblock': { given: ({ outsider }) => ({ userId: outsider }), verdict: 'own' },
  'block list: Blocks': { given: () => ({}), verdict: 'own' },
  'report list: Reports': { given: () => ({ first: 5 }), verdict: siteAdminOnly },
};
