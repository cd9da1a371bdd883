/** Ids that stand for things of the reader's own. */
export const exampleIds = {
  conversation: '6b03008d1af4942a3f9dfc01',
  message: '6b03008d1af4942a3f9dfb01',
  person: '6b03008d1af4942a3f9dfa01',
  session: '6b03008d1af4942a3f9dfd01',
  you: '6b03008d1af4942a3f9dfa00',
} as const;

/** One value for every property that can be given, by its name. */
const examples: Readonly<Record<string, unknown>> = {
  conversationId: exampleIds.conversation,
  groupId: exampleIds.conversation,
  messageId: exampleIds.message,
  userId: exampleIds.person,
  id: exampleIds.person,
  sessionId: exampleIds.session,
  userIds: [exampleIds.person],
  members: [exampleIds.you, exampleIds.person],
  username: 'laurencia',
  password: 'correct horse battery staple',
  currentPassword: 'correct horse battery staple',
  newPassword: 'another horse battery staple',
  name: 'Laurencia',
  mail: 'laurencia@example.org',
  phone: '+34 600 000 000',
  profileImage: 'https://example.org/laurencia.png',
  alias: 'Lau',
  search: 'l',
  title: 'Fuente Ovejuna',
  title_conversation: 'Fuente Ovejuna',
  conversation_image: 'https://example.org/town.png',
  image: 'https://example.org/town.png',
  content: 'Hola',
  clientMessageId: 'my-id-1',
  reason: 'Advertising',
  emoji: '👍',
  on: true,
  all: true,
  muted: true,
  typing: true,
  spam: false,
  open: false,
  unread: false,
  kind: 'GROUP',
  seq: 1,
  receipt: 'READ',
  types: ['MESSAGE_ADDED'],
  known: [{ conversationId: exampleIds.conversation, seq: 1 }],
  first: 20,
};

/**
 * The example of a property of an event or of a root field of the schema; null where none can be made up.
 * @throws Error when a property has none, so that a new one cannot be forgotten
 */
export function exampleOf(name: string, event: string): unknown {
  if (['after', 'before', 'last', 'around'].includes(name)) return null;
  if (name === 'id' && event.startsWith('conversation')) return exampleIds.conversation;
  if (name === 'id' && event === 'userChanged') return exampleIds.you;
  if (!(name in examples)) throw new Error(`The property ${name} has no example.`);
  return examples[name];
}
