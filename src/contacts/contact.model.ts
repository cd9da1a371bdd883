import { index, modelOptions, prop } from '@typegoose/typegoose';
import { GraphQLDateTime } from 'graphql-scalars';
import { Types } from 'mongoose';
import { Field, ID, ObjectType } from 'type-graphql';

/** A person in somebody's private address book. */
@ObjectType({ simpleResolvers: true })
@modelOptions({ schemaOptions: { collection: 'contacts', versionKey: false } })
@index({ ownerId: 1, userId: 1 }, { unique: true })
@index({ ownerId: 1, createdAt: -1, _id: -1 })
@index({ userId: 1 })
export class Contact {
  @Field(() => ID)
  id!: string;

  @prop({ type: Types.ObjectId, required: true })
  ownerId!: string;

  @prop({ type: Types.ObjectId, required: true })
  userId!: string;

  /** What the owner calls the person. */
  @Field(() => String, { nullable: true })
  @prop({ type: String })
  alias?: string | null;

  @Field(() => GraphQLDateTime)
  @prop({ type: Date, required: true })
  createdAt!: Date;
}
