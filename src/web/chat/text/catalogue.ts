import { conversations } from './conversations.js';
import { faults } from './faults.js';
import { general } from './general.js';
import { messages } from './messages.js';
import { session } from './session.js';

export const languages = ['en', 'es'] as const;
export type Language = (typeof languages)[number];

/** Every text of the page in every language, in the order of `languages`. */
export const catalogue = { ...general, ...faults, ...session, ...conversations, ...messages };

export type TextKey = keyof typeof catalogue;
/** A text that differs by number: `x` stands for `x_one` and `x_other`. */
export type PluralKey = TextKey extends infer K ? (K extends `${infer Base}_other` ? Base : never) : never;
export type Values = Readonly<Record<string, string | number>>;

/** A text in a language, with its values put in. */
export function textOf(key: TextKey, language: Language, values: Values = {}): string {
  const text = catalogue[key][languages.indexOf(language)] ?? '';
  return text.replace(/\{(\w+)\}/g, (_whole, name: string) => String(values[name] ?? ''));
}

/** A number of messages as people read it. @param isMore there may be more of them than were counted */
export function amountOf(count: number, isMore = false): string {
  if (count > 999) return '999+';
  return isMore ? `${count}+` : String(count);
}

/** A text that differs by number; `{amount}` is the number as `amountOf` says it, unless it is given. */
export function pluralOf(key: PluralKey, language: Language, values: Values & { readonly count: number }): string {
  const category = new Intl.PluralRules(language).select(values.count) === 'one' ? 'one' : 'other';
  return textOf(`${key}_${category}`, language, { amount: amountOf(values.count), ...values });
}
