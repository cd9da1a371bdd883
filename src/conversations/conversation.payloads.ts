import { Field, ID, ObjectType } from 'type-graphql';
import { connectionOf } from '../graphql/connection.js';
import { Conversation } from './conversation.model.js';
import { Member } from './member.model.js';

@ObjectType({ simpleResolvers: true })
abstract class ConversationPayload {
  @Field(() => Conversation)
  conversation!: Conversation;
}

@ObjectType({ simpleResolvers: true })
export class ConversationCreatePayload extends ConversationPayload {}

@ObjectType({ simpleResolvers: true })
export class ConversationUpdatePayload extends ConversationPayload {}

@ObjectType({ simpleResolvers: true })
export class ConversationMutePayload extends ConversationPayload {}

@ObjectType({ simpleResolvers: true })
export class ConversationSpamPayload extends ConversationPayload {}

@ObjectType({ simpleResolvers: true })
export class ConversationSpamClearPayload extends ConversationPayload {}

@ObjectType({ simpleResolvers: true })
export class ConversationOpenPayload extends ConversationPayload {}

@ObjectType({ simpleResolvers: true })
export class ConversationClosePayload extends ConversationPayload {}

@ObjectType({ simpleResolvers: true })
export class ConversationReadPayload extends ConversationPayload {
  @Field(() => Member)
  member!: Member;
}

@ObjectType({ simpleResolvers: true })
export class ConversationRemovePayload {
  @Field(() => ID)
  conversationId!: string;
}

@ObjectType({ simpleResolvers: true })
export class TypingSetPayload {
  @Field(() => Boolean)
  typing!: boolean;
}

/** Whether a member is writing just now. */
@ObjectType({ simpleResolvers: true })
export class TypingState {
  @Field(() => ID)
  conversationId!: string;

  userId!: string;

  @Field(() => Boolean)
  typing!: boolean;
}

export const ConversationConnection = connectionOf('Conversation', Conversation);
export const MemberConnection = connectionOf('Member', Member);
