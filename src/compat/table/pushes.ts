import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { DocumentNode } from 'graphql';
import {
  ContactUserAddedDocument,
  ContactUserRemovedDocument,
  ConversationCreatedDocument,
  ConversationFeedDocument,
  type ConversationFeedSubscription,
  ConversationListChangedDocument,
  ConversationRemovedDocument,
  ConversationSpamMarkedDocument,
  ReceiptChangedDocument,
  OwnDataChangedDocument,
  TypingChangedDocument,
  UserChangedDocument,
  UserUnregisteredDocument,
} from '../../generated/operations.js';
import type { Variables } from '../../graphql/live-subscription.js';
import { newMessage, oldUser } from '../envelope.js';

/** What a socket is told by itself. */
export interface Push {
  readonly event: string;
  readonly data: unknown;
  /** The message that has been added, which its own socket is not told of. */
  readonly added?: { readonly id: string; readonly fromId: string };
  /** Whether it may be dropped when the socket is not ready to take it. */
  readonly isVolatile?: boolean;
}

/** A subscription that runs for every socket, and what is told of each of its answers. */
export interface PushRow {
  readonly document: DocumentNode;
  /** What the subscription is opened with. */
  readonly variablesOf: (viewerId: string) => Variables;
  /** Names of all events that it can cause. */
  readonly events: readonly string[];
  /** @param data the answer of the subscription */
  readonly pushesOf: (data: never, viewerId: string) => readonly Push[];
  /** Whether `pushesOf` reads the viewer, so that its result belongs to one. */
  readonly isPersonal: boolean;
}

interface Written<Data, Variables> {
  readonly events: readonly string[];
  readonly isPersonal?: true;
  readonly variablesOf?: (viewerId: string) => Variables;
  readonly pushesOf: (data: Data, viewerId: string) => readonly Push[];
}

function push<Data, Values extends Variables>(
  document: TypedDocumentNode<Data, Values>,
  written: Written<Data, Values>,
): PushRow {
  return { document, isPersonal: false, variablesOf: () => ({}), ...written };
}

type FeedItem = ConversationFeedSubscription['conversationFeed'];
type Entry = Extract<FeedItem, { __typename: 'ConversationEvent' }>;

/** What an entry of the log is told as, by its type. */
const entryNames: Readonly<Record<Entry['type'], string>> = {
  MESSAGE_ADDED: 'message add',
  MESSAGE_EDITED: 'message edit',
  MESSAGE_REMOVED: 'message remove',
  REACTION_CHANGED: 'message react',
  MEMBER_ADDED: 'group user add',
  MEMBER_REMOVED: 'group user remove',
  ADMIN_ADDED: 'group user admin add',
  ADMIN_REMOVED: 'group user admin remove',
  OWNER_CHANGED: 'group owner change',
  CONVERSATION_CHANGED: 'conversation data',
  GROUP_CREATED: 'group create',
  GROUP_DELETED: 'group delete',
};

function entryPushes(item: FeedItem): Push[] {
  if (item.__typename !== 'ConversationEvent') return [];
  const event = entryNames[item.type];
  const { conversationId, seq, message } = item;
  if (item.messageId !== null) {
    if (!message) return [];
    if (event === 'message add') return additionPushes(message);
    const { seq: messageSeq, conversationId: _, ...changed } = message;
    return [{ event, data: { conversationId, seq, messageSeq, ...changed } }];
  }
  const { actor, at, user, title } = item;
  const about = event.startsWith('group') ? { groupId: conversationId } : { id: conversationId };
  return [{ event, data: { conversationId, seq, ...about, actor, at, user, title } }];
}

function additionPushes(message: NonNullable<Entry['message']>): Push[] {
  const { conversationId, seq, ...rest } = message;
  const data = { conversationId, seq, ...rest };
  const added = { id: message.id, fromId: message.from.id };
  const replied = message.replyTo === null ? [] : [{ event: 'message reply', data, added }];
  return [
    { event: 'message add', data, added },
    { event: 'new message', data: newMessage(message), added },
    ...replied,
  ];
}

/** What a socket is told once it follows: all entries by one name. */
export const followNames: Readonly<Record<FeedItem['__typename'], string>> = {
  ConversationEvent: 'conversation event',
  FeedCaughtUp: 'conversation caught up',
  FeedReset: 'conversation reset',
  FeedLeft: 'conversation left',
};

/** The log, as sockets are told of it. */
export const entries = push(ConversationFeedDocument, {
  events: ['new message', 'message reply', ...Object.values(entryNames)],
  pushesOf: ({ conversationFeed }) => entryPushes(conversationFeed),
});

/** The log, as it is told after `conversation follow`. */
export const followed = push(ConversationFeedDocument, {
  events: Object.values(followNames),
  pushesOf: ({ conversationFeed: { __typename, ...data } }) => [{ event: followNames[__typename], data }],
});

/** What is in no log. */
export const notices: readonly PushRow[] = [
  push(ConversationCreatedDocument, {
    events: ['conversation create'],
    pushesOf: ({ conversationCreated: data }) => [{ event: 'conversation create', data: whole(data) }],
  }),
  push(ConversationRemovedDocument, {
    events: ['conversation remove'],
    pushesOf: ({ conversationRemoved: conversationId }) => [{ event: 'conversation remove', data: { conversationId } }],
  }),
  push(ConversationSpamMarkedDocument, {
    events: ['conversation spam'],
    pushesOf: ({ conversationSpamMarked: data }) => [{ event: 'conversation spam', data: whole(data) }],
  }),
  push(ConversationListChangedDocument, {
    events: ['conversation data'],
    pushesOf: ({ conversationListChanged: data }) => [{ event: 'conversation data', data: whole(data) }],
  }),
  push(ReceiptChangedDocument, {
    events: ['conversation read'],
    pushesOf: ({ receiptChanged: { conversationId, readSeq, ...member } }) => [
      { event: 'conversation read', data: { conversationId, seq: readSeq, readSeq, ...member } },
    ],
  }),
  push(TypingChangedDocument, {
    events: ['typing', 'stop typing'],
    pushesOf: ({ typingChanged: { conversationId, typing, user } }) => [
      {
        event: typing ? 'typing' : 'stop typing',
        data: { conversationId, username: user.username, user },
        // Who misses an end would show somebody typing for ever.
        isVolatile: typing,
      },
    ],
  }),
  push(UserUnregisteredDocument, {
    events: ['user unregister'],
    pushesOf: ({ userUnregistered: userId }) => [{ event: 'user unregister', data: { userId } }],
  }),
  push(OwnDataChangedDocument, {
    events: ['user data'],
    variablesOf: (viewerId) => ({ id: viewerId }),
    pushesOf: ({ userChanged: user }) => [{ event: 'user data', data: oldUser(user) }],
  }),
  push(UserChangedDocument, {
    events: ['user change'],
    isPersonal: true,
    // Pages of old take any `user data` for their own person, so that others have another name.
    pushesOf: ({ userChanged: user }, viewerId) =>
      user.id === viewerId ? [] : [{ event: 'user change', data: { userId: user.id, ...user } }],
  }),
  push(ContactUserAddedDocument, {
    events: ['contact user add'],
    pushesOf: ({ contactUserAdded: contact }) => [{ event: 'contact user add', data: contact }],
  }),
  push(ContactUserRemovedDocument, {
    events: ['contact user remove'],
    pushesOf: ({ contactUserRemoved: userId }) => [{ event: 'contact user remove', data: { userId } }],
  }),
];

function whole<C extends { id: string; lastSeq: number }>(conversation: C) {
  return { conversationId: conversation.id, seq: conversation.lastSeq, ...conversation };
}
