import { Field, ID, ObjectType } from 'type-graphql';
import { connectionOf } from '../graphql/connection.js';
import { LoginPayload } from '../sessions/session.payloads.js';
import { User } from './user.model.js';

export const UserConnection = connectionOf('User', User);

@ObjectType({ simpleResolvers: true })
export class UserRegisterPayload extends LoginPayload {}

@ObjectType({ simpleResolvers: true })
export class UserUpdatePayload {
  @Field(() => User)
  user!: User;
}

/** All other sessions of the person have ended. */
@ObjectType({ simpleResolvers: true })
export class PasswordChangePayload {
  @Field(() => User)
  user!: User;
}

@ObjectType({ simpleResolvers: true })
export class UserUnregisterPayload {
  @Field(() => ID)
  userId!: string;
}
