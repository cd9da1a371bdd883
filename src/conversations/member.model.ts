import { index, modelOptions, prop } from '@typegoose/typegoose';
import { GraphQLDateTime } from 'graphql-scalars';
import { Types } from 'mongoose';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { MemberRole } from './member-role.js';

/**
 * One person's place in one conversation. Role and membership are a projection of the log and never the authority for
 * a write; the reading marks and flags are the person's own.
 */
@ObjectType({ simpleResolvers: true })
@modelOptions({ schemaOptions: { collection: 'members', versionKey: false } })
@index({ conversationId: 1, userId: 1 }, { unique: true })
@index({ conversationId: 1, leftSeq: 1, joinedSeq: 1, _id: 1 })
@index({ userId: 1, leftSeq: 1 })
export class Member {
  @Field(() => ID)
  id!: string;

  @Field(() => ID)
  @prop({ type: Types.ObjectId, required: true })
  conversationId!: string;

  @prop({ type: Types.ObjectId, required: true })
  userId!: string;

  @Field(() => MemberRole)
  @prop({ type: String, enum: MemberRole, required: true })
  role!: MemberRole;

  @Field(() => GraphQLDateTime)
  @prop({ type: Date, required: true })
  joinedAt!: Date;

  /** The seq of the entry that made the person a member; 1 for the first ones. */
  @Field(() => Int)
  @prop({ type: Number, required: true })
  joinedSeq!: number;

  /** The seq of the entry that ended the membership; null while it lasts. */
  @prop({ type: Number, default: null })
  leftSeq!: number | null;

  /** The newest entry that has been applied to role and membership. */
  @prop({ type: Number, default: 0 })
  changedSeq!: number;

  @Field(() => Int)
  @prop({ type: Number, default: 0 })
  deliveredSeq!: number;

  @Field(() => Int)
  @prop({ type: Number, default: 0 })
  readSeq!: number;

  /** Everything up to here was put away by the person and no longer exists for it. */
  @prop({ type: Number, default: 0 })
  hiddenSeq!: number;

  /** Whether the person removed the conversation from its list; ends with the next message after `hiddenSeq`. */
  @prop({ type: Boolean, default: false })
  isHidden!: boolean;

  @prop({ type: Boolean, default: false })
  isOpen!: boolean;

  @prop({ type: Boolean, default: false })
  isSpam!: boolean;

  @prop({ type: Boolean, default: false })
  isMuted!: boolean;
}

/** The first seq that this member may read. */
export function firstSeqOf(member: Pick<Member, 'joinedSeq' | 'hiddenSeq'>): number {
  return Math.max(member.joinedSeq, member.hiddenSeq + 1, 1);
}
