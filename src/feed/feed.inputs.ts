import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { maxPageSize } from '../graphql/connection.js';
import { ConversationEventType } from '../log/entry-type.js';

/** The last seq that a follower has of one conversation. */
@InputType()
export class KnownSeq {
  @Field(() => ID)
  conversationId!: string;

  @Field(() => Int)
  seq!: number;
}

/** A range of a conversation's log, bounds excluded. Without arguments: the newest 50 entries. */
@ArgsType()
export class EventPageArgs {
  @Field(() => Int, { nullable: true })
  @IsOptional()
  @IsInt()
  @Min(0)
  after?: number | null;

  @Field(() => Int, { nullable: true })
  @IsOptional()
  @IsInt()
  @Min(0)
  before?: number | null;

  @Field(() => Int, { nullable: true })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(maxPageSize)
  first?: number | null;

  @Field(() => Int, { nullable: true })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(maxPageSize)
  last?: number | null;

  @Field(() => [ConversationEventType], { nullable: true })
  types?: ConversationEventType[] | null;
}
