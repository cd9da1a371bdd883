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
const namesConversation = (given: Given): boolean => 'conversationId' in given || 'conversation' in given;
const namesPerson = (given: Given): boolean => 'userId' in given;

/** Messages and what becomes of them. */
export const messages = [
  operation({
    event: 'message add',
    document: MessageAddDocument,
    input: { conversationId: ['conversation'], content: [], clientMessageId: [] },
    reply: (data) => data.messageAdd.message,
    routes: ['POST /messages', 'POST /conversations/:conversationId/messages'],
    status: 201,
    ignored: oldProperties,
  }),
  operation({
    event: 'new message',
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
    document: MessageReplyDocument,
    input: { messageId: [], content: [], clientMessageId: [] },
    reply: (data) => data.messageReply.message,
    routes: ['POST /messages/:messageId/replies'],
    status: 201,
  }),
  operation({
    event: 'message list',
    document: MessagesDocument,
    input: { conversationId: ['conversation'], first: [], after: [], last: [], before: [], around: [] },
    reply: (data) => data.messages,
    routes: ['GET /conversations/:conversationId/messages', { at: 'GET /messages', old: { of: oldMessageList } }],
    bare: 'conversationId',
    when: namesConversation,
    oldEvent: { name: 'message list', of: (nodes) => [oldMessages(nodes)] },
  }),
  operation({
    event: 'message list',
    document: MessagesWithDocument,
    input: { userId: [], first: [], after: [], last: [], before: [] },
    reply: (data) => data.directConversation?.messages ?? noMessages,
    routes: [{ at: 'GET /users/:userId/messages', old: { of: oldMessageList } }],
    when: namesPerson,
    oldEvent: { name: 'message list', of: (nodes) => [oldMessages(nodes)] },
  }),
  operation({
    event: 'message list',
    document: RecentMessagesDocument,
    input: {},
    reply: merged,
    routes: [{ at: 'GET /messages', old: { of: oldMessageList } }],
    oldEvent: { name: 'message list', of: (nodes) => [oldMessages(nodes)] },
  }),
  operation({
    event: 'message edit',
    document: MessageEditDocument,
    input: { messageId: [], content: [] },
    reply: (data) => data.messageEdit.message,
    routes: ['PATCH /messages/:messageId'],
  }),
  operation({
    event: 'message remove',
    document: MessageRemoveDocument,
    input: { messageId: [] },
    reply: (data) => data.messageRemove.message,
    routes: ['DELETE /messages/:messageId'],
    bare: 'messageId',
  }),
  operation({
    event: 'message react',
    document: MessageReactDocument,
    input: { messageId: [], emoji: [], on: [] },
    reply: (data) => data.messageReact.message,
    routes: ['POST /messages/:messageId/reactions'],
  }),
];
