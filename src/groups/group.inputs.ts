import { IsOptional } from 'class-validator';
import { Field, ID, InputType } from 'type-graphql';
import { maxTitleLength } from '../conversations/conversation.inputs.js';
import { IsName, IsPicture, pictureRule } from '../text/rules.js';

@InputType()
export class GroupCreateInput {
  @Field(() => String, { description: '1 to 100 characters.' })
  @IsName(maxTitleLength)
  title!: string;

  @Field(() => [ID], { description: 'The first members beside you, at most 1,999.' })
  userIds!: string[];

  @Field(() => String, { nullable: true, description: pictureRule })
  @IsOptional()
  @IsPicture()
  image?: string | null;
}

@InputType()
export class GroupDeleteInput {
  @Field(() => ID)
  groupId!: string;
}

@InputType()
export class GroupUserInput {
  @Field(() => ID)
  groupId!: string;

  @Field(() => ID)
  userId!: string;
}
