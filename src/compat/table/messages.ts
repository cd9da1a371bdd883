import {
  MessageAddDocument,
  MessageEditDocument,
  MessageReactDocument,
  MessageRemoveDocument,
  MessageReplyDocument,
  MessagesDocument,
  MessagesWithDocument,
  RecentMessagesDocument,
} from '../../generated/operations.js';
import { merged, oldMessageList, oldMessages } from '../envelope.js';
import { type Given, operation } from '../operation.js';

/** What old programs say of a message beside its text. Whom it is from is known. */
const oldProperties = ['from', 'file_path', 'file_format', 'message_type'];
const noMessages = {
  edges: [],
  pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
};
const messageList = {
  name: 'message list',
  of: (nodes: Parameters<typeof oldMessages>[0]) => [oldMessages(nodes)],
} as const;
const newestFirst = { of: oldMessageList, isNewestFirst: true } as const;
const namesConversation = (given: Given): boolean => 'conversationId' in given || 'conversation' in given;
const namesPerson = (given: Given): boolean => 'userId' in given;

/** Messages and what becomes of them. */
export const messages = [
  operation({
    event: 'message add',
    title: 'Send a message',
    says: 'Adds a message to a conversation of yours. With the same clientMessageId it is added once, however often it is sent.',
    document: MessageAddDocument,
    input: { conversationId: ['conversation'], content: [], clientMessageId: [] },
    reply: (data) => data.messageAdd.message,
    routes: ['POST /messages', 'POST /conversations/:conversationId/messages'],
    status: 201,
    ignored: oldProperties,
  }),
  operation({
    event: 'new message',
    title: 'Send a message',
    says: 'The same as message add, by the name of old.',
    document: MessageAddDocument,
    input: { conversationId: ['conversation'], content: [], clientMessageId: [] },
    reply: (data) => data.messageAdd.message,
    routes: [],
    status: 201,
    ignored: oldProperties,
    oldEvent: { name: 'userInfo', of: () => [] },
  }),
  operation({
    event: 'message reply',
    title: 'Reply to a message',
    says: 'Adds a message that answers another, in the conversation of that one.',
    document: MessageReplyDocument,
    input: { messageId: [], content: [], clientMessageId: [] },
    reply: (data) => data.messageReply.message,
    routes: ['POST /messages/:messageId/replies'],
    status: 201,
  }),
  operation({
    event: 'message list',
    title: 'List messages',
    says: 'Of one conversation, with conversationId: the newest page, or the page that first, last, after, before or around ask for.',
    document: MessagesDocument,
    input: { conversationId: ['conversation'], first: [], after: [], last: [], before: [], around: [] },
    reply: (data) => data.messages,
    routes: ['GET /conversations/:conversationId/messages', { at: 'GET /messages', old: newestFirst }],
    bare: 'conversationId',
    when: namesConversation,
    oldEvent: messageList,
  }),
  operation({
    event: 'message list',
    title: 'List your messages with one person',
    says: 'Of your chat with one person, with userId: the newest page, or the page that first, last, after or before ask for.',
    document: MessagesWithDocument,
    input: { userId: [], first: [], after: [], last: [], before: [] },
    reply: (data) => data.directConversation?.messages ?? noMessages,
    routes: [{ at: 'GET /users/:userId/messages', old: newestFirst }],
    when: namesPerson,
    oldEvent: messageList,
  }),
  operation({
    event: 'message list',
    title: 'List messages',
    says: 'With nothing: the newest 40 of the conversations that were active last. Paging needs conversation.',
    document: RecentMessagesDocument,
    input: {},
    reply: merged,
    routes: [{ at: 'GET /messages', old: newestFirst }],
    oldEvent: messageList,
  }),
  operation({
    event: 'message edit',
    title: 'Edit a message',
    says: 'Replaces the text of a message of your own.',
    document: MessageEditDocument,
    input: { messageId: [], content: [] },
    reply: (data) => data.messageEdit.message,
    routes: ['PATCH /messages/:messageId'],
  }),
  operation({
    event: 'message remove',
    title: 'Remove a message',
    says: "Empties a message for everybody: one of your own, or in a group that you lead anybody's.",
    document: MessageRemoveDocument,
    input: { messageId: [] },
    reply: (data) => data.messageRemove.message,
    routes: ['DELETE /messages/:messageId'],
    bare: 'messageId',
  }),
  operation({
    event: 'message react',
    title: 'React to a message',
    says: 'Adds your emoji to a message, or with on: false takes it away.',
    document: MessageReactDocument,
    input: { messageId: [], emoji: [], on: [] },
    reply: (data) => data.messageReact.message,
    routes: ['POST /messages/:messageId/reactions'],
  }),
];
