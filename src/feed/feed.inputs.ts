import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { OptionalInt, pageSizes } from '../graphql/connection.js';
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
  @OptionalInt({ min: 0 })
  after?: number | null;

  @OptionalInt({ min: 0 })
  before?: number | null;

  @OptionalInt(pageSizes)
  first?: number | null;

  @OptionalInt(pageSizes)
  last?: number | null;

  @Field(() => [ConversationEventType], { nullable: true })
  types?: ConversationEventType[] | null;
}
