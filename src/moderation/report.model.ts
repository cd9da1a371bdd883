import { index, modelOptions, prop } from '@typegoose/typegoose';
import { Types } from 'mongoose';

/** A message as it was when somebody reported its conversation. */
@modelOptions({ schemaOptions: { _id: false } })
export class QuotedMessage {
  @prop({ type: Types.ObjectId, required: true })
  messageId!: string;

  @prop({ type: Types.ObjectId, required: true })
  actorId!: string;

  @prop({ type: String, required: true })
  content!: string;

  @prop({ type: Date, required: true })
  createdAt!: Date;
}

/** Somebody called a conversation spam. The quoted messages stay, whatever happens to the conversation. */
@modelOptions({ schemaOptions: { collection: 'reports', versionKey: false } })
@index({ createdAt: -1, _id: -1 })
@index({ conversationId: 1, reporterId: 1 })
export class Report {
  id!: string;

  @prop({ type: Types.ObjectId, required: true })
  conversationId!: string;

  @prop({ type: Types.ObjectId, required: true })
  reporterId!: string;

  @prop({ type: String })
  reason?: string | null;

  @prop({ type: () => [QuotedMessage], default: [] })
  messages!: QuotedMessage[];

  @prop({ type: Date, required: true })
  createdAt!: Date;
}
