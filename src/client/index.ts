export { createChatClient } from './chat-client.js';
export { ChatRequestError, type ClientErrorCode } from './errors.js';
export type { ErrorReason } from '../errors.js';
export { browserStorage, type ClientStorage } from './storage.js';
export type {
  ChatClient,
  ChatClientEvents,
  ChatClientOptions,
  ConnectionState,
  ConversationEvent,
  Draft,
  Known,
  Message,
  OutgoingMessage,
} from './types.js';
export * from '../generated/operations.js';
