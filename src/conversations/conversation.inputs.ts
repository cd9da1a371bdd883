import { IsInt, IsOptional, MaxLength, Min } from 'class-validator';
import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { IsOptionalButNotNull, IsName, IsPlainText, IsPicture, pictureRule } from '../text/rules.js';
import { ConversationKind } from './conversation-kind.js';

/** Characters of a group's title. */
export const maxTitleLength = 100;
const maxReasonLength = 1_000;
const maxSearchLength = 100;

/** How far a receipt goes: it arrived, or it was read. READ implies DELIVERED. */
export enum ReceiptKind {
  DELIVERED = 'DELIVERED',
  READ = 'READ',
}
registerEnumType(ReceiptKind, { name: 'ReceiptKind' });

@InputType()
abstract class ConversationInput {
  @Field(() => ID)
  conversationId!: string;
}

@InputType()
export class ConversationCreateInput {
  @Field(() => ID, { description: 'The other person.' })
  userId!: string;
}

@InputType()
export class ConversationUpdateInput extends ConversationInput {
  @Field(() => String, { nullable: true })
  @IsOptionalButNotNull()
  @IsName(maxTitleLength)
  title?: string;

  @Field(() => String, { nullable: true, description: `${pictureRule} null takes the image away.` })
  @IsOptional()
  @IsPicture()
  image?: string | null;
}

@InputType()
export class ConversationMuteInput extends ConversationInput {
  @Field(() => Boolean)
  muted!: boolean;
}

@InputType()
export class ConversationRemoveInput extends ConversationInput {}

@InputType()
export class ConversationSpamInput extends ConversationInput {
  @Field(() => String, { nullable: true, description: 'For site admins. A blank one is none.' })
  @IsOptional()
  @MaxLength(maxReasonLength)
  @IsPlainText()
  reason?: string | null;
}

@InputType()
export class ConversationSpamClearInput extends ConversationInput {}

@InputType()
export class ConversationOpenInput extends ConversationInput {}

@InputType()
export class ConversationCloseInput extends ConversationInput {}

@InputType()
export class ConversationReadInput extends ConversationInput {
  @Field(() => Int, { description: 'Everything up to here.' })
  @IsInt()
  @Min(0)
  seq!: number;

  @Field(() => ReceiptKind, { defaultValue: ReceiptKind.READ })
  receipt: ReceiptKind = ReceiptKind.READ;
}

@InputType()
export class TypingSetInput extends ConversationInput {
  @Field(() => Boolean)
  typing!: boolean;
}

/** Every property that is given must hold. Without `spam: true` nothing that is spam is listed. */
@InputType()
export class ConversationFilter {
  @Field(() => String, { nullable: true, description: "A part of a group's title or of the other person's names." })
  @IsOptional()
  @MaxLength(maxSearchLength)
  @IsPlainText()
  search?: string | null;

  @Field(() => ConversationKind, { nullable: true })
  kind?: ConversationKind | null;

  @Field(() => Boolean, { nullable: true })
  spam?: boolean | null;

  @Field(() => Boolean, { nullable: true })
  open?: boolean | null;

  @Field(() => Boolean, { nullable: true })
  unread?: boolean | null;
}
