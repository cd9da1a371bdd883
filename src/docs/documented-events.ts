/** What can happen or be asked in a chat, and the root fields of the GraphQL API that do it, ask it or tell of it. */
export interface DocumentedEvent {
  readonly event: string;
  readonly fields: readonly string[];
}

const event = (name: string, ...fields: string[]): DocumentedEvent => ({ event: name, fields });

/** Every event by its name. A root field stands in at least one row. */
export const documentedEvents: readonly DocumentedEvent[] = [
  event('connection', 'login', 'me', 'presenceChanged'),
  event('disconnect', 'logout', 'presenceChanged'),
  event('conversation create', 'conversationCreate', 'conversationCreated'),
  event('conversation remove', 'conversationRemove', 'conversationRemoved'),
  event('conversation spam', 'conversationSpam', 'conversationSpamClear', 'conversationSpamMarked'),
  event('conversation open', 'conversationOpen'),
  event('conversation close', 'conversationClose'),
  event('conversation list', 'conversations', 'conversationListChanged'),
  event('conversation data', 'conversation', 'directConversation', 'conversationUpdate', 'conversationChanged'),
  event('conversation read', 'conversationRead', 'receiptChanged'),
  event('conversation mute', 'conversationMute'),
  event('conversation events', 'conversationEvents'),
  event('conversation follow', 'conversationFeed'),
  event('message add', 'messageAdd', 'messageAdded'),
  event('message reply', 'messageReply', 'messageReplied', 'messageAdded'),
  event('message list', 'messages'),
  event('message edit', 'messageEdit'),
  event('message remove', 'messageRemove'),
  event('message react', 'messageReact'),
  event('typing, stop typing', 'typingSet', 'typingChanged'),
  event('group create', 'groupCreate', 'groupCreated'),
  event('group delete', 'groupDelete', 'groupDeleted'),
  event('group user add', 'groupUserAdd', 'groupUserAdded'),
  event('group user remove', 'groupUserRemove', 'groupUserRemoved'),
  event('group user admin add', 'groupUserAdminAdd', 'groupUserAdminAdded'),
  event('group user admin remove', 'groupUserAdminRemove', 'groupUserAdminRemoved'),
  event('group user list', 'groupUsers'),
  event('user register', 'userRegister', 'userRegistered'),
  event('user unregister', 'userUnregister', 'userUnregistered'),
  event('user list', 'users'),
  event('user data', 'me', 'user', 'userUpdate', 'userChanged'),
  event('user block', 'userBlock'),
  event('user unblock', 'userUnblock'),
  event('block list', 'blocks'),
  event('report list', 'reports'),
  event('contact user add', 'contactUserAdd', 'contactUserAdded'),
  event('contact user remove', 'contactUserRemove', 'contactUserRemoved'),
  event('contact list', 'contacts'),
  event('password change', 'passwordChange'),
  event('session list', 'sessions'),
  event('session revoke', 'sessionRevoke'),
];
