import { index, modelOptions, prop } from '@typegoose/typegoose';
import { Types } from 'mongoose';
import { Message } from '../messages/message.model.js';
import { ConversationEventType } from './entry-type.js';

/**
 * One entry of a conversation's ordered log. An entry of type MESSAGE_ADDED is the message itself, as it is now;
 * every other one carries its change, and `pending` until that change has been applied.
 */
@modelOptions({ schemaOptions: { collection: 'messages', versionKey: false, minimize: false } })
@index({ conversationId: 1, seq: 1 }, { unique: true })
@index({ conversationId: 1, type: 1, seq: 1 })
@index(
  { actorId: 1, clientMessageId: 1 },
  { unique: true, partialFilterExpression: { clientMessageId: { $type: 'string' } } },
)
@index({ conversationId: 1, pending: 1, seq: 1 }, { partialFilterExpression: { pending: true } })
@index({ messageId: 1 }, { partialFilterExpression: { type: ConversationEventType.MESSAGE_EDITED } })
export class LogEntry extends Message {
  @prop({ type: String, enum: ConversationEventType, required: true })
  type!: ConversationEventType;

  /** With a clientMessageId: the hash of the first request, to tell a retry from another message. */
  @prop({ type: String })
  requestHash?: string;

  /** Of a message: the newest entry that has been applied to it. */
  @prop({ type: Number })
  changedSeq?: number;

  /** The message that an edit, a removal or a reaction is about. */
  @prop({ type: Types.ObjectId })
  messageId?: string;

  /** The member whom the entry is about. */
  @prop({ type: Types.ObjectId })
  userId?: string;

  /** Of GROUP_CREATED: the first members beside the actor. */
  @prop({ type: () => [Types.ObjectId], default: undefined })
  userIds?: string[];

  /** Of GROUP_CREATED and CONVERSATION_CHANGED: the new title, where it changed. */
  @prop({ type: String })
  title?: string;

  /** Of GROUP_CREATED and CONVERSATION_CHANGED: the new image, where it changed; null takes it away. */
  @prop({ type: String })
  image?: string | null;

  /** Of REACTION_CHANGED. */
  @prop({ type: String })
  emoji?: string;

  /** Of REACTION_CHANGED: whether the reaction was given or taken back. */
  @prop({ type: Boolean })
  given?: boolean;

  /** Of MESSAGE_EDITED: the new content, until the message is removed. */
  @prop({ type: String })
  text?: string;

  /** The change has not been applied yet. Whoever meets it applies it first. */
  @prop({ type: Boolean })
  pending?: true;

  /** Of a reply that was loaded to be shown: the message it answers, whoever may read that. Never stored. */
  answered?: LogEntry;
}
