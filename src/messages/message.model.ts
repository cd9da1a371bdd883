import { modelOptions, prop } from '@typegoose/typegoose';
import { GraphQLDateTime } from 'graphql-scalars';
import { Types } from 'mongoose';
import { Field, ID, Int, ObjectType } from 'type-graphql';

/** Who reacted with one emoji, in the order in which they did. */
@modelOptions({ schemaOptions: { _id: false } })
export class StoredReaction {
  @prop({ type: String, required: true })
  emoji!: string;

  @prop({ type: () => [Types.ObjectId], required: true })
  userIds!: string[];
}

/** A message as it is now. It is stored in the entry of the log that added it. */
@ObjectType({ simpleResolvers: true })
export class Message {
  @Field(() => ID)
  id!: string;

  @Field(() => ID)
  @prop({ type: Types.ObjectId, required: true })
  conversationId!: string;

  /** Its place in the conversation: 1, 2, 3, … without a gap. */
  @Field(() => Int)
  @prop({ type: Number, required: true })
  seq!: number;

  /** Who wrote it. */
  @prop({ type: Types.ObjectId })
  actorId?: string;

  /** Empty once removed. */
  @Field(() => String)
  @prop({ type: String })
  content!: string;

  @prop({ type: Types.ObjectId })
  replyToId?: string;

  /** The sender's own id for the message, 1 to 64 of `A-Za-z0-9_-`; sending it again stores nothing twice. */
  @Field(() => String, { nullable: true })
  @prop({ type: String })
  clientMessageId?: string;

  @prop({ type: () => [StoredReaction], default: undefined })
  reactionList?: StoredReaction[];

  @Field(() => GraphQLDateTime)
  @prop({ type: Date, required: true })
  createdAt!: Date;

  @Field(() => GraphQLDateTime, { nullable: true })
  @prop({ type: Date })
  editedAt?: Date;

  @Field(() => GraphQLDateTime, { nullable: true })
  @prop({ type: Date })
  removedAt?: Date;
}
