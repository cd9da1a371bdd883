import { IsOptional } from 'class-validator';
import { Field, ID, InputType } from 'type-graphql';
import { IsName } from '../text/rules.js';

const maxAliasLength = 100;

/** Adding somebody again changes the alias: absent keeps it, null takes it away. */
@InputType()
export class ContactUserAddInput {
  @Field(() => ID)
  userId!: string;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @IsName(maxAliasLength)
  alias?: string | null;
}

@InputType()
export class ContactUserRemoveInput {
  @Field(() => ID)
  userId!: string;
}

@InputType()
export class UserBlockInput {
  @Field(() => ID)
  userId!: string;
}
