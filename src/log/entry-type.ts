import { registerEnumType } from 'type-graphql';

/** What an entry of a conversation's log says. */
export enum ConversationEventType {
  MESSAGE_ADDED = 'MESSAGE_ADDED',
  MESSAGE_EDITED = 'MESSAGE_EDITED',
  MESSAGE_REMOVED = 'MESSAGE_REMOVED',
  REACTION_CHANGED = 'REACTION_CHANGED',
  MEMBER_ADDED = 'MEMBER_ADDED',
  MEMBER_REMOVED = 'MEMBER_REMOVED',
  ADMIN_ADDED = 'ADMIN_ADDED',
  ADMIN_REMOVED = 'ADMIN_REMOVED',
  OWNER_CHANGED = 'OWNER_CHANGED',
  CONVERSATION_CHANGED = 'CONVERSATION_CHANGED',
  GROUP_CREATED = 'GROUP_CREATED',
  GROUP_DELETED = 'GROUP_DELETED',
}
registerEnumType(ConversationEventType, { name: 'ConversationEventType' });
