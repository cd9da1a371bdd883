import { Field, ID, ObjectType } from 'type-graphql';
import { connectionOf } from '../graphql/connection.js';
import { User } from '../users/user.model.js';
import { Contact } from './contact.model.js';

export const ContactConnection = connectionOf('Contact', Contact);

@ObjectType({ simpleResolvers: true })
export class ContactUserAddPayload {
  @Field(() => Contact)
  contact!: Contact;
}

@ObjectType({ simpleResolvers: true })
export class ContactUserRemovePayload {
  @Field(() => ID)
  userId!: string;
}

@ObjectType({ simpleResolvers: true })
export class UserBlockPayload {
  @Field(() => User)
  user!: User;
}

@ObjectType({ simpleResolvers: true })
export class UserUnblockPayload {
  @Field(() => User)
  user!: User;
}
