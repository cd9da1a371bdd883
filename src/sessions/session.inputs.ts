import { IsOptional, MaxLength } from 'class-validator';
import { Field, ID, InputType } from 'type-graphql';
import { maxPasswordLength } from '../auth/passwords.js';

/** More than any username or mail address; what is longer cannot be right. */
const maxNameLength = 256;

@InputType()
export class LoginInput {
  /** In any case. */
  @Field(() => String)
  @MaxLength(maxNameLength)
  username!: string;

  @Field(() => String)
  @MaxLength(maxPasswordLength)
  password!: string;
}

/** Exactly one of the two. */
@InputType()
export class SessionRevokeInput {
  @Field(() => ID, { nullable: true })
  @IsOptional()
  sessionId?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'true ends every session but the one that asks' })
  @IsOptional()
  all?: boolean | null;
}
