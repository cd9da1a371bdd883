import { readFileSync } from 'node:fs';
import { buildSchema, getNamedType, isInputObjectType } from 'graphql';
import { ChatRequestError } from '../../src/client/index.js';
import { errorReasons, httpStatusByCode } from '../../src/errors.js';
import { catalogue, languages, type TextKey } from '../../src/web/chat/text/catalogue.js';
import { refusalIn } from '../../src/web/chat/text/refusal.js';

const schema = buildSchema(readFileSync('schema/schema.graphql', 'utf8'));
/** Set by the page and never typed by a person. */
const untyped = ['clientMessageId'];

/** The text properties of everything that operations take. */
const typed = Object.values(schema.getTypeMap())
  .filter(isInputObjectType)
  .flatMap((input) => Object.values(input.getFields()))
  .filter(({ name, type }) => getNamedType(type).name === 'String' && !untyped.includes(name))
  .map(({ name }) => name);

describe('what the page says of a refusal', () => {
  const keys = [
    ...[...Object.keys(httpStatusByCode), 'NETWORK'].map((code) => `error.${code}`),
    ...Object.keys(errorReasons).map((reason) => `reason.${reason}`),
    ...new Set(typed.map((name) => `fault.${name}`)),
  ];

  it.each(keys)('has %s in both languages', (key) => {
    const texts = catalogue[key as TextKey] as readonly string[] | undefined;
    expect(texts).toHaveLength(languages.length);
    expect(new Set(texts?.map((text) => text.trim().length > 10))).toEqual(new Set([true]));
    expect(texts?.[0]).not.toBe(texts?.[1]);
  });

  it('is the reason before the code', () => {
    const error = new ChatRequestError('FORBIDDEN', 'No.', { reason: 'OWNER_ONLY' });
    expect(refusalIn('es', error).text).toMatch(/Solo el dueño/);
    expect(refusalIn('en', error).text).toMatch(/Only the owner/);
  });

  it('names each faulty field with its own sentence', () => {
    const fields = [
      { path: 'input.username', message: 'no' },
      { path: 'mail', message: 'no' },
    ];
    const refusal = refusalIn('es', new ChatRequestError('BAD_USER_INPUT', 'See extensions.fields.', { fields }));
    expect([...refusal.fields.keys()]).toEqual(['username', 'mail']);
    expect(refusal.fields.get('mail')).toMatch(/correo/);
    expect(refusal.text).not.toMatch(/extensions/);
  });

  it('says how long to wait', () => {
    const error = new ChatRequestError('RATE_LIMITED', 'Wait.', { retryAfter: 7 });
    expect(refusalIn('es', error).text).toMatch(/Espera 7 segundos/);
    const longer = new ChatRequestError('RATE_LIMITED', 'Wait.', { retryAfter: 895 });
    expect(refusalIn('en', longer).text).toMatch(/Wait 15 minutes and/);
    expect(refusalIn('es', longer).text).toMatch(/Espera 15 minutos y/);
  });
});
