import { index, modelOptions, prop } from '@typegoose/typegoose';
import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import { UserRole } from './user-role.js';

/** A person. After unregistering it stays as a tombstone: `removed-<8 hex>`, with everything else erased. */
@ObjectType({ simpleResolvers: true })
@modelOptions({ schemaOptions: { collection: 'users', versionKey: false } })
@index({ username: 1 }, { unique: true })
@index({ searchKeys: 1, username: 1 })
@index({ removal: 1 }, { partialFilterExpression: { removal: 'pending' } })
export class User {
  @Field(() => ID)
  id!: string;

  /** Lower case; unique for ever, also after the person has gone. */
  @Field(() => String)
  @prop({ type: String, required: true })
  username!: string;

  @Field(() => String, { nullable: true })
  @prop({ type: String })
  name?: string | null;

  /** Seen by the person and site admins only. */
  @prop({ type: String })
  mail?: string | null;

  /** Seen by the person and site admins only. */
  @prop({ type: String })
  phone?: string | null;

  @Field(() => String, { nullable: true })
  @prop({ type: String })
  profileImage?: string | null;

  /** Seen by the person and site admins only. */
  @prop({ type: String, enum: UserRole, default: UserRole.USER })
  role!: UserRole;

  /** An Argon2id hash in the PHC format; absent once the person has gone. */
  @prop({ type: String })
  passwordHash?: string;

  /** The folded words of username and name, for prefix search. */
  @prop({ type: () => [String], default: [] })
  searchKeys!: string[];

  /** Set when the person unregistered: `pending` until everything that speaks of it is erased. */
  @prop({ type: String, enum: ['pending', 'done'] })
  removal?: 'pending' | 'done';

  @Field(() => GraphQLDateTime)
  @prop({ type: Date, required: true })
  createdAt!: Date;
}
