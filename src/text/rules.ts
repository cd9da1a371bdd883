import { IsUrl, Length, ValidateBy, ValidateIf, buildMessage } from 'class-validator';

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

/** One line of 1 to `max` characters that is not blank. */
export function IsLine(max: number): PropertyDecorator {
  return every(
    Length(1, max),
    IsPlainText(),
    ValidateBy({
      name: 'isNotBlank',
      validator: {
        validate: (value) => typeof value === 'string' && /[^\p{Z}\p{Cf}]/u.test(value),
        defaultMessage: buildMessage(() => '$property must hold something that can be seen'),
      },
    }),
  );
}

/** An http or https address of at most 2,048 characters. */
export function IsWebAddress(): PropertyDecorator {
  return every(
    Length(1, maxAddressLength),
    IsPlainText(),
    IsUrl(
      { protocols: ['http', 'https'], require_protocol: true, require_tld: false },
      { message: '$property must be an http or https address' },
    ),
  );
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
