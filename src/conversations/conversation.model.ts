import { index, modelOptions, prop } from '@typegoose/typegoose';
import { GraphQLDateTime } from 'graphql-scalars';
import { Types } from 'mongoose';
import { Field, ID, ObjectType } from 'type-graphql';
import { ConversationKind } from './conversation-kind.js';

/**
 * A direct chat or a group. What it stores beside its names is a projection of its log, for queries;
 * counters and the newest message are derived from the log itself.
 */
@ObjectType({ simpleResolvers: true })
@modelOptions({ schemaOptions: { collection: 'conversations', versionKey: false } })
@index({ pairKey: 1 }, { unique: true, partialFilterExpression: { pairKey: { $type: 'string' } } })
@index({ memberIds: 1, updatedAt: -1, _id: -1 })
@index({ erasure: 1 }, { partialFilterExpression: { erasure: 'pending' } })
export class Conversation {
  @Field(() => ID)
  id!: string;

  @Field(() => ConversationKind)
  @prop({ type: String, enum: ConversationKind, required: true })
  kind!: ConversationKind;

  /** Of a direct chat: both ids in ascending order, joined by a hyphen. */
  @prop({ type: String })
  pairKey?: string;

  @Field(() => String, { nullable: true })
  @prop({ type: String })
  title?: string | null;

  @Field(() => String, { nullable: true })
  @prop({ type: String })
  image?: string | null;

  @prop({ type: Types.ObjectId, required: true })
  createdById!: string;

  /** Who is in it, as of `changedSeq`. */
  @Field(() => [ID], { description: 'The ids of the members, at most 2,000, in no particular order.' })
  @prop({ type: () => [Types.ObjectId], default: [] })
  memberIds!: string[];

  /** The newest entry that has been applied to this document. */
  @prop({ type: Number, default: 0 })
  changedSeq!: number;

  /** Of a deleted group: `pending` until its messages are erased. */
  @prop({ type: String, enum: ['pending', 'done'] })
  erasure?: 'pending' | 'done';

  @Field(() => GraphQLDateTime)
  @prop({ type: Date, required: true })
  createdAt!: Date;

  /** The newest message's time; may lag a second. */
  @Field(() => GraphQLDateTime)
  @prop({ type: Date, required: true })
  updatedAt!: Date;
}
