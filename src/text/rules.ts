import { Length, ValidateBy, ValidateIf, buildMessage, isURL } from 'class-validator';
import { keepsDirection } from './direction.js';

/** The most characters of the address of a picture. */
const maxAddressLength = 2_048;

/** Whether a text can be stored and shown as it is: whole Unicode characters, none of them a control character. */
export function isPlainText(value: unknown): boolean {
  return typeof value === 'string' && !/[\p{Cc}\p{Cs}]/u.test(value);
}

/** Refuses control characters (line ends and tabs too) and broken surrogate pairs. */
export function IsPlainText(): PropertyDecorator {
  return ValidateBy({
    name: 'isPlainText',
    validator: {
      validate: isPlainText,
      defaultMessage: buildMessage(() => '$property must be one line of text without control characters'),
    },
  });
}

/** What no letter, digit or sign shows of: spaces, what Unicode calls ignorable, and the empty Braille pattern. */
const unseen = /^[\p{Z}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

/**
 * What people are shown as a name, beside other texts: one line of 1 to `max` characters that can be seen and leaves
 * the direction of its neighbours alone.
 */
export function IsName(max: number): PropertyDecorator {
  return every(
    Length(1, max),
    IsPlainText(),
    ValidateBy({
      name: 'isNotBlank',
      validator: {
        validate: (value) => typeof value === 'string' && !unseen.test(value),
        defaultMessage: buildMessage(() => '$property must hold something that can be seen'),
      },
    }),
    ValidateBy({
      name: 'keepsDirection',
      validator: {
        validate: (value) => typeof value === 'string' && keepsDirection(value),
        defaultMessage: buildMessage(
          () =>
            '$property must not begin with a control of the direction of writing (U+202A to U+202E, U+2066 to U+2069), and must end each one that it holds',
        ),
      },
    }),
  );
}

/** What a picture may be, as the schema tells it. */
export const pictureRule =
  'An http or https address, or a small PNG, JPEG or WebP as a data URL: at most 2,048 characters.';

/** An http or https address, or a picture small enough to be its own address. */
export function IsPicture(): PropertyDecorator {
  return every(
    Length(1, maxAddressLength),
    IsPlainText(),
    ValidateBy({
      name: 'isPicture',
      validator: {
        validate: (value) => typeof value === 'string' && (isDataPicture(value) || isURL(value, webAddress)),
        defaultMessage: buildMessage(
          () => '$property must be an http or https address, or a PNG, JPEG or WebP as a data URL',
        ),
      },
    }),
  );
}

const webAddress = { protocols: ['http', 'https'], require_protocol: true, require_tld: false };

function isDataPicture(value: string): boolean {
  return /^data:image\/(?:png|jpeg|webp);base64,[A-Za-z0-9+/]+={0,2}$/.test(value);
}

/** An absent property keeps its value, but there is nothing that null could mean. */
export function IsOptionalButNotNull(): PropertyDecorator {
  return ValidateIf((_input, value) => value !== undefined);
}

/** All of the rules. */
export function every(...rules: PropertyDecorator[]): PropertyDecorator {
  return (target, property) => {
    for (const rule of rules) rule(target, property);
  };
}
