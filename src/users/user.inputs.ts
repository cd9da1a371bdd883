import { buildMessage, IsEmail, IsOptional, Length, Matches, MaxLength, ValidateBy } from 'class-validator';
import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { maxPasswordLength, minPasswordLength } from '../auth/passwords.js';
import { ForwardPageArgs } from '../graphql/connection.js';
import { every, IsName, IsPlainText, IsPicture, pictureRule } from '../text/rules.js';
import { isReserved, isUsername, mixesAlphabets } from './username.js';

const maxNameLength = 100;
const maxPhoneLength = 40;
const maxMailLength = 254;
const maxSearchLength = 100;

/** Each rule has a sentence of its own. */
function IsNewUsername(): PropertyDecorator {
  return every(IsUsername(), IsOfOneAlphabet());
}

function IsUsername(): PropertyDecorator {
  return ValidateBy({
    name: 'isNewUsername',
    validator: {
      validate: (value) => typeof value === 'string' && isUsername(value) && !isReserved(value),
      defaultMessage: buildMessage(
        () =>
          '$property must be 1 to 64 letters, digits and . _ - @ +, with a letter or digit, and must not begin with removed-',
      ),
    },
  });
}

function IsOfOneAlphabet(): PropertyDecorator {
  return ValidateBy({
    name: 'isOfOneAlphabet',
    validator: {
      validate: (value) => typeof value !== 'string' || !mixesAlphabets(value),
      defaultMessage: buildMessage(() => '$property must not mix letters of alphabets that look alike'),
    },
  });
}

/** What people write of phone numbers; it is shown and never dialled. */
function IsPhone(): PropertyDecorator {
  return every(
    Length(1, maxPhoneLength),
    Matches(/^(?=.*\d)[\d +()./#*,;x-]+$/, {
      message: '$property must be a phone number: digits, spaces and + ( ) . / # * , ; x -',
    }),
  );
}

/** What a person says of itself. */
@InputType()
abstract class ProfileInput {
  @Field(() => String, { nullable: true })
  @IsOptional()
  @IsName(maxNameLength)
  name?: string | null;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @MaxLength(maxMailLength)
  @IsEmail()
  mail?: string | null;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @IsPhone()
  phone?: string | null;

  @Field(() => String, { nullable: true, description: pictureRule })
  @IsOptional()
  @IsPicture()
  profileImage?: string | null;
}

@InputType()
export class UserRegisterInput extends ProfileInput {
  @Field(() => String, { description: 'Kept in lower case: names that differ in case only are the same name.' })
  @IsNewUsername()
  username!: string;

  @Field(() => String, { description: '8 to 128 characters.' })
  @Length(minPasswordLength, maxPasswordLength)
  password!: string;
}

/** An absent property keeps its value; null takes it away. */
@InputType()
export class UserUpdateInput extends ProfileInput {}

@InputType()
export class PasswordChangeInput {
  @Field(() => String)
  @MaxLength(maxPasswordLength)
  currentPassword!: string;

  @Field(() => String, { description: '8 to 128 characters.' })
  @Length(minPasswordLength, maxPasswordLength)
  newPassword!: string;
}

@InputType()
export class UserUnregisterInput {
  @Field(() => String)
  @MaxLength(maxPasswordLength)
  password!: string;
}

/** Exactly one of the two. */
@ArgsType()
export class UserArgs {
  @Field(() => ID, { nullable: true })
  id?: string | null;

  @Field(() => String, { nullable: true })
  username?: string | null;
}

@ArgsType()
export class UsersArgs extends ForwardPageArgs {
  /** The beginnings of words of username or name, in any case and with or without accents. */
  @Field(() => String, { nullable: true })
  @IsOptional()
  @MaxLength(maxSearchLength)
  @IsPlainText()
  search?: string | null;
}
