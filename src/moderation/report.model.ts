import { index, modelOptions, prop } from '@typegoose/typegoose';
import { GraphQLDateTime } from 'graphql-scalars';
import { Types } from 'mongoose';
import { Field, ID, ObjectType } from 'type-graphql';

/** A message as it was when somebody reported its conversation. */
@ObjectType({ simpleResolvers: true })
@modelOptions({ schemaOptions: { _id: false } })
export class QuotedMessage {
  @Field(() => ID)
  @prop({ type: Types.ObjectId, required: true })
  messageId!: string;

  @prop({ type: Types.ObjectId, required: true })
  actorId!: string;

  @Field(() => String)
  @prop({ type: String, required: true })
  content!: string;

  @Field(() => GraphQLDateTime)
  @prop({ type: Date, required: true })
  createdAt!: Date;
}

/** Somebody called a conversation spam. The quoted messages stay, whatever happens to the conversation. */
@ObjectType({ simpleResolvers: true, description: 'Somebody called a conversation spam. Site admins see it.' })
@modelOptions({ schemaOptions: { collection: 'reports', versionKey: false } })
@index({ createdAt: -1, _id: -1 })
@index({ reporterId: 1, conversationId: 1 }, { unique: true })
export class Report {
  @Field(() => ID)
  id!: string;

  @Field(() => ID)
  @prop({ type: Types.ObjectId, required: true })
  conversationId!: string;

  @prop({ type: Types.ObjectId, required: true })
  reporterId!: string;

  @Field(() => String, { nullable: true })
  @prop({ type: String })
  reason?: string | null;

  @Field(() => [QuotedMessage], { description: 'The newest ones that the reporter could read, newest first.' })
  @prop({ type: () => [QuotedMessage], default: [] })
  messages!: QuotedMessage[];

  @Field(() => GraphQLDateTime)
  @prop({ type: Date, required: true })
  createdAt!: Date;
}
