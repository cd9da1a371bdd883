import { ChatRequestError, type ClientErrorCode } from '../../../client/index.js';
import { catalogue, type Language, type TextKey, textOf } from './catalogue.js';
import { durationOf } from './dates.js';

/** What the page says in place of the usual: of a code, or of a property that means another thing in this form. */
export interface Sayings {
  readonly codes?: Partial<Record<ClientErrorCode, TextKey>>;
  readonly fields?: Readonly<Record<string, TextKey>>;
}

/** A refusal in the words of the page. */
export interface Refusal {
  /** The whole in one sentence: cause and remedy. */
  readonly text: string;
  /** What is wrong with which property, by its name. */
  readonly fields: ReadonlyMap<string, string>;
}

/** Properties that a reason speaks of. */
const fieldOfReason: Readonly<Record<string, string>> = { USERNAME_TAKEN: 'username' };

/** What went wrong, in a language. What the catalogue does not know is said in the server's own words. */
export function refusalIn(language: Language, error: unknown, sayings: Sayings = {}): Refusal {
  if (!(error instanceof ChatRequestError)) return { text: textOf('error.INTERNAL', language), fields: new Map() };
  const fields = fieldsOf(error, language, sayings);
  const [first] = fields.values();
  const known = sayings.codes?.[error.code] ?? keyOf(`reason.${error.reason ?? ''}`);
  return { text: known ? textOf(known, language) : (first ?? plainText(error, language)), fields };
}

/** English has the server's own words where they say more than the code does. */
function plainText({ code, message, retryAfter }: ChatRequestError, language: Language): string {
  const isPlain = code === 'BAD_USER_INPUT' && language === 'en';
  return isPlain ? message : textOf(`error.${code}`, language, { wait: durationOf(retryAfter ?? 1, language) });
}

function fieldsOf(error: ChatRequestError, language: Language, sayings: Sayings): ReadonlyMap<string, string> {
  const blamed = fieldOfReason[error.reason ?? ''];
  if (blamed !== undefined)
    return new Map([[blamed, textOf(keyOf(`reason.${error.reason ?? ''}`) ?? 'error.CONFLICT', language)]]);
  const named = (error.fields ?? []).map(({ path }) => path.split('.').at(-1) ?? path);
  return new Map(
    named.map((name) => [
      name,
      textOf(sayings.fields?.[name] ?? keyOf(`fault.${name}`) ?? 'error.BAD_USER_INPUT', language),
    ]),
  );
}

function keyOf(key: string): TextKey | undefined {
  return Object.hasOwn(catalogue, key) ? (key as TextKey) : undefined;
}
