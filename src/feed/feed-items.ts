import { GraphQLDateTime } from 'graphql-scalars';
import { createUnionType, Field, ID, Int, ObjectType } from 'type-graphql';
import { ConversationEventType } from '../log/entry-type.js';
import type { LogEntry } from '../log/log-entry.model.js';

/** One entry of the ordered log as the API shows it, with its message as it is now. */
@ObjectType({ simpleResolvers: true })
export class ConversationEvent {
  @Field(() => ID)
  readonly conversationId: string;

  @Field(() => Int)
  readonly seq: number;

  @Field(() => ConversationEventType)
  readonly type: ConversationEventType;

  @Field(() => GraphQLDateTime)
  readonly at: Date;

  @Field(() => ID, { nullable: true })
  readonly messageId?: string;

  @Field(() => String, { nullable: true })
  readonly title?: string;

  readonly actorId?: string;
  readonly userId?: string;

  constructor(
    entry: LogEntry,
    /** The entry's message, whether or not a viewer may see it. */
    readonly currentMessage: LogEntry | undefined,
  ) {
    this.conversationId = entry.conversationId;
    this.seq = entry.seq;
    this.type = entry.type;
    this.at = entry.createdAt;
    this.messageId = entry.type === ConversationEventType.MESSAGE_ADDED ? entry.id : entry.messageId;
    this.title = entry.title;
    this.actorId = entry.actorId;
    this.userId = entry.userId;
  }
}

/** A part of a conversation's log. */
@ObjectType({ simpleResolvers: true })
export class ConversationEventPage {
  @Field(() => [ConversationEvent])
  events!: ConversationEvent[];

  /** The newest seq of the conversation. */
  @Field(() => Int)
  lastSeq!: number;

  /** Whether there are more entries in the direction of reading. */
  @Field(() => Boolean)
  hasMore!: boolean;
}

/** Everything that the follower missed has been delivered; from here on it is live. */
@ObjectType({ simpleResolvers: true })
export class FeedCaughtUp {
  @Field(() => GraphQLDateTime)
  readonly at = new Date();
}

/** The follower is too far behind: it pages `conversationEvents` up to `lastSeq`; the feed goes on after it. */
@ObjectType({ simpleResolvers: true })
export class FeedReset {
  @Field(() => ID)
  readonly conversationId: string;

  @Field(() => Int)
  readonly firstSeq: number;

  @Field(() => Int)
  readonly lastSeq: number;

  constructor(conversationId: string, range: { firstSeq: number; lastSeq: number }) {
    this.conversationId = conversationId;
    this.firstSeq = range.firstSeq;
    this.lastSeq = range.lastSeq;
  }
}

/** The conversation no longer exists for the follower. */
@ObjectType({ simpleResolvers: true })
export class FeedLeft {
  @Field(() => ID)
  readonly conversationId: string;

  constructor(conversationId: string) {
    this.conversationId = conversationId;
  }
}

const itemTypes = [ConversationEvent, FeedCaughtUp, FeedReset, FeedLeft] as const;

export const FeedItem = createUnionType({
  name: 'FeedItem',
  types: () => itemTypes,
  resolveType: (item) => itemTypes.find((Type) => item instanceof Type),
});
