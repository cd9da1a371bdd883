import { ConversationEventType as Type } from '../log/entry-type.js';
import type { LogItem } from './log-item.js';

/** What a subscription makes of an entry; undefined when it does not speak of such entries. */
export type Projection = (item: LogItem) => object | undefined;

const when =
  (type: Type, view: (item: LogItem) => object | undefined): Projection =>
  (item) =>
    item.entry.type === type ? view(item) : undefined;

const conversation = ({ entry }: LogItem): object => ({ conversationId: entry.conversationId });

const member = ({ entry }: LogItem): object => ({ conversationId: entry.conversationId, userId: entry.userId });

/** Every subscription that is fed by the log, by name. */
export const projections = {
  conversationFeed: (item) => item.event,
  messageAdded: when(Type.MESSAGE_ADDED, ({ entry }) => entry),
  messageReplied: when(Type.MESSAGE_ADDED, ({ entry }) => (entry.replyToId === undefined ? undefined : entry)),
  conversationChanged: when(Type.CONVERSATION_CHANGED, conversation),
  groupCreated: when(Type.GROUP_CREATED, conversation),
  groupDeleted: when(Type.GROUP_DELETED, conversation),
  groupUserAdded: when(Type.MEMBER_ADDED, member),
  groupUserRemoved: when(Type.MEMBER_REMOVED, member),
  groupUserAdminAdded: when(Type.ADMIN_ADDED, member),
  groupUserAdminRemoved: when(Type.ADMIN_REMOVED, member),
} as const satisfies Record<string, Projection>;

export type ProjectionName = keyof typeof projections;
