import { buildMessage, IsOptional, Matches, ValidateBy } from 'class-validator';
import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { ForwardPageArgs, OptionalInt, pageSizes } from '../graphql/connection.js';
import { normalizeEmoji } from '../text/emoji.js';

/** Characters (Unicode code points) of one message. */
const maxContentLength = 4_000;

/** Broken surrogate pairs, and all control characters but line ends and tabs. */
const unwritable = /[^\P{Cc}\t\n\r]|\p{Cs}/u;
const visible = /[^\p{Z}\p{C}]/u;

function isContent(value: unknown): boolean {
  if (typeof value !== 'string' || value.length > 2 * maxContentLength) return false;
  return [...value].length <= maxContentLength && !unwritable.test(value) && visible.test(value);
}

function IsContent(): PropertyDecorator {
  return ValidateBy({
    name: 'isContent',
    validator: {
      validate: isContent,
      defaultMessage: buildMessage(
        () =>
          `$property must hold something to read, at most ${maxContentLength} characters, and no control characters but line ends and tabs`,
      ),
    },
  });
}

function IsEmoji(): PropertyDecorator {
  return ValidateBy({
    name: 'isEmoji',
    validator: {
      validate: (value) => typeof value === 'string' && normalizeEmoji(value) !== undefined,
      defaultMessage: buildMessage(() => '$property must be one emoji'),
    },
  });
}

/** What a person writes, and its own id for it. */
@InputType()
abstract class SendInput {
  @Field(() => String, { description: '1 to 4,000 characters.' })
  @IsContent()
  content!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Your own id for the message, 1 to 64 of A-Z a-z 0-9 _ -. Sending it again stores nothing twice.',
  })
  @IsOptional()
  @Matches(/^[A-Za-z0-9_-]{1,64}$/, { message: '$property must be 1 to 64 of A-Z a-z 0-9 _ -' })
  clientMessageId?: string | null;
}

@InputType()
export class MessageAddInput extends SendInput {
  @Field(() => ID)
  conversationId!: string;
}

@InputType()
export class MessageReplyInput extends SendInput {
  @Field(() => ID, { description: 'The message that is answered.' })
  messageId!: string;
}

@InputType()
export class MessageEditInput {
  @Field(() => ID)
  messageId!: string;

  @Field(() => String, { description: '1 to 4,000 characters.' })
  @IsContent()
  content!: string;
}

@InputType()
export class MessageRemoveInput {
  @Field(() => ID)
  messageId!: string;
}

@InputType()
export class MessageReactInput {
  @Field(() => ID)
  messageId!: string;

  @Field(() => String, { description: 'One emoji.' })
  @IsEmoji()
  emoji!: string;

  @Field(() => Boolean, { description: 'true gives the reaction, false takes it back.' })
  on!: boolean;
}

/** A part of a conversation's history, always in ascending order. Without arguments: the newest 50. */
@ArgsType()
export class HistoryPageArgs extends ForwardPageArgs {
  @OptionalInt(pageSizes)
  last?: number | null;

  @Field(() => String, { nullable: true })
  before?: string | null;

  @OptionalInt({ min: 1 }, { description: 'A seq to have in the middle; alone or with `first`.' })
  around?: number | null;
}
