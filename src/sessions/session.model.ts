import { index, modelOptions, prop } from '@typegoose/typegoose';
import { GraphQLDateTime } from 'graphql-scalars';
import { Types } from 'mongoose';
import { Field, ID, ObjectType } from 'type-graphql';

/** One log-in. The token itself is known to its holder only; here is its hash. */
@ObjectType({ simpleResolvers: true })
@modelOptions({ schemaOptions: { collection: 'sessions', versionKey: false } })
@index({ tokenHash: 1 }, { unique: true })
@index({ userId: 1, createdAt: -1 })
@index({ expiresAt: 1 }, { expireAfterSeconds: 0 })
export class Session {
  @Field(() => ID)
  id!: string;

  @prop({ type: Types.ObjectId, required: true })
  userId!: string;

  /** SHA-256 of the token, base64url. */
  @prop({ type: String, required: true })
  tokenHash!: string;

  @Field(() => String, { nullable: true })
  @prop({ type: String })
  userAgent?: string | null;

  @Field(() => GraphQLDateTime)
  @prop({ type: Date, required: true })
  createdAt!: Date;

  @Field(() => GraphQLDateTime)
  @prop({ type: Date, required: true })
  lastSeenAt!: Date;

  @prop({ type: Date, required: true })
  expiresAt!: Date;
}
