import { badInput } from '../errors.js';
import type {
  ConversationsWithMembersQuery,
  RecentMessagesQuery,
  UserRegisterMutation,
  MessageAddMutation,
} from '../generated/operations.js';
import type { Given } from './operation.js';

/**
 * The shapes of the first Chatset, and nothing else of it. An object of old has the old keys first, in their old
 * order, and then what it has been given since; no password and no token is ever in one.
 */

type ConversationNode = ConversationsWithMembersQuery['conversations']['edges'][number]['node'];
type MessageNode = Pick<
  MessageAddMutation['messageAdd']['message'],
  'id' | 'conversationId' | 'content' | 'createdAt'
> & {
  readonly seq: number;
  readonly from: { readonly id: string };
};
type WholeUser = UserRegisterMutation['userRegister']['user'];
type UserNode = Omit<WholeUser, 'mail' | 'phone' | 'role' | 'presence'> & Partial<WholeUser>;

export const oldTexts = {
  conversationCreated: 'Se crea CONVERSACION desde API',
  userCreated: 'Se creo corretamente el usuario',
  noConversations: 'No se encontraron conversaciones',
  noMessages: 'No se encontraron mensajes',
  notFound: 'Error 404, Contenido no encontrado',
  groupTitle: 'Grupo',
} as const;

export function oldConversation({ memberIds, ...conversation }: ConversationNode) {
  return {
    members: memberIds,
    messages: [],
    type_conversation: conversation.kind === 'GROUP' ? 'group' : 'user',
    title_conversation: conversation.title,
    _created_at: conversation.createdAt,
    _id: conversation.id,
    ...(conversation.image === null ? {} : { conversation_image: conversation.image }),
    _updated_at: conversation.updatedAt,
    __v: 0,
    ...conversation,
  };
}

/** `from` is the sender's id, as it was; the sender's data are in `sender`. */
function oldMessage<Node extends MessageNode>({ from, content, ...message }: Node) {
  return {
    _created_at: message.createdAt,
    _id: message.id,
    content,
    message_type: '',
    conversation: message.conversationId,
    from: from.id,
    __v: 0,
    ...message,
    sender: from,
  };
}

/** What the person never said is absent from the old keys; so is the role where who asks may not see it. */
export function oldUser({ role, ...user }: UserNode) {
  const said = { name: user.name, mail: user.mail, phone: user.phone, username: user.username };
  const spoken = Object.entries({ ...said, profile_image: user.profileImage }).filter(([, value]) => value != null);
  return {
    ...(role == null ? {} : { role: role === 'ADMIN' ? 'admin' : 'user' }),
    _created_at: user.createdAt,
    _id: user.id,
    ...Object.fromEntries(spoken),
    __v: 0,
    ...user,
  };
}

/** The answer to `POST /users`. The token of the new session stands beside the person, who is what is stored. */
export function oldRegistration({ user, token, session }: UserRegisterMutation['userRegister']) {
  return { code: 200, msg: oldTexts.userCreated, data: oldUser(user), token, session };
}

/** A list of old is a bare array; an empty one was an object that says so. */
function oldList<Item>(items: readonly Item[], whenEmpty: string): readonly Item[] | { msg: string } {
  return items.length === 0 ? { msg: whenEmpty } : items;
}

export function oldConversationList(nodes: readonly ConversationNode[]) {
  return oldList(nodes.map(oldConversation), oldTexts.noConversations);
}

/** Newest first. */
export function oldMessageList(nodes: readonly MessageNode[]) {
  return oldList(oldMessages(nodes), oldTexts.noMessages);
}

/** Newest first. */
export function oldMessages(ascending: readonly MessageNode[]) {
  return ascending.map(oldMessage).reverse();
}

/** The newest 40 of several conversations, the oldest of them first. */
export function merged({ conversations }: RecentMessagesQuery) {
  const placed = conversations.edges.flatMap(({ node }) => placedInTime(node.messages.edges.map((edge) => edge.node)));
  placed.sort((one, other) => one.at.localeCompare(other.at));
  return placed.slice(-40).map(({ message }) => message);
}

/** No message of a conversation counts as older than the one before it, so that a clock that went back turns no order. */
function placedInTime<Message extends { readonly createdAt: string }>(ascending: readonly Message[]) {
  let at = '';
  return ascending.map((message) => {
    if (message.createdAt > at) at = message.createdAt;
    return { at, message };
  });
}

/** What the old event `new message` says of a message, in this order. */
export function newMessage(message: { from: { username: string }; content: string; conversationId: string }) {
  return { username: message.from.username, content: message.content, conversation: message.conversationId };
}

/** Whether a body is the old one of `POST /conversations`. */
export function isOldConversation(given: Given): boolean {
  return 'members' in given || 'type_conversation' in given;
}

export function isOldGroup(given: Given): boolean {
  return isOldConversation(given) && oldType(given) === 'group';
}

/** @throws ChatError BAD_USER_INPUT unless the members are the caller and one other person */
export function fromOldDirect(given: Given, { userId }: { readonly userId: string }): Given {
  if (oldType(given) !== 'user') throw badInput('type_conversation', 'must be user or group');
  const [other, ...more] = othersOf(given, userId);
  if (other === undefined || more.length > 0) {
    throw badInput('members', 'of a conversation of type user are you and one other person');
  }
  return { members: other };
}

/** @throws ChatError BAD_USER_INPUT unless the caller is among the members */
export function fromOldGroup(given: Given, { userId }: { readonly userId: string }): Given {
  const { title_conversation: title, conversation_image: image } = given;
  return {
    members: othersOf(given, userId),
    title_conversation: asText(title ?? oldTexts.groupTitle),
    ...(image === undefined ? {} : { conversation_image: image }),
  };
}

/** Numbers and booleans were taken as text. */
export function fromOldUser(given: Given): Given {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, asText(value)]));
}

function asText(value: unknown): unknown {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}

function oldType({ type_conversation: type }: Given): unknown {
  return typeof type === 'string' ? type.toLowerCase() : (type ?? 'user');
}

function othersOf({ members }: Given, userId: string): string[] {
  const isList = Array.isArray(members) && members.every((member) => typeof member === 'string');
  if (!isList) throw badInput('members', 'must be a list of the ids of people');
  const ids = new Set(members);
  if (!ids.delete(userId)) throw badInput('members', 'must have you among them');
  return [...ids];
}
