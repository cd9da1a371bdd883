import { Field, ID, ObjectType } from 'type-graphql';
import { User } from '../users/user.model.js';
import { Session } from './session.model.js';

@ObjectType({ simpleResolvers: true })
export class LoginPayload {
  @Field(() => String, { description: 'The token of the new session. Nobody can read it again.' })
  token!: string;

  @Field(() => Session)
  session!: Session;

  @Field(() => User)
  user!: User;
}

@ObjectType({ simpleResolvers: true })
export class LogoutPayload {
  @Field(() => ID)
  sessionId!: string;
}

@ObjectType({ simpleResolvers: true })
export class SessionRevokePayload {
  @Field(() => [ID], { description: 'The sessions that ended.' })
  sessionIds!: string[];
}
