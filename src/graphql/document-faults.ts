import type { GraphQLError } from 'graphql';
import { inputSentence, type FieldFault } from '../errors.js';
import { emptyDocument } from './request-faults.js';

/** What may be said of a document or of variables that do not fit the schema. */
export interface DocumentFault {
  readonly message: string;
  readonly fields?: readonly FieldFault[];
}

/** Messages of graphql-js that name things of the schema and the document only, never a value. */
const namesOnly = new RegExp(
  `^(?:${[
    'Argument "[^"]*" (?:of (?:required|non-null) type|must be given as a variable)',
    'Cannot query field ',
    'Directive "@',
    'Field "[^"]*" (?:argument "|must not have a selection|of type "[^"]*" must have a selection)',
    'Fields "[^"]*" conflict',
    'Fragment "[^"]*" (?:cannot|is never|is not)',
    'Cannot spread fragment ',
    'Maximum introspection depth',
    'GraphQL introspection ',
    'Must provide ',
    'Operation (?:"|is nested|has too many)',
    'The operation is too expensive',
    'Subscription ',
    'Anonymous Subscription ',
    'The (?:"[^"]*" definition|directive |Operation)',
    'There can be only one ',
    'This anonymous operation must be ',
    'Unknown (?:argument|directive|fragment|operation|type) ',
    'Variable "\\$[^"]*" (?:is |of type |cannot be |got no )',
  ].join('|')})`,
);

/** Texts that hold a value, and what is said instead. `$1` is a name of the schema. */
const valueFaults: readonly (readonly [pattern: RegExp, rewritten: string])[] = [
  [/^Field "[\w.]+" of required type "([\w![\]]+)" was not provided/, 'lacks a required $1'],
  [/^Field "[^"]*" is not defined by type "(\w+)"/, 'has a property that $1 does not define'],
  [/^Enum "\w+" must be one of ([\w, ]+)$/, 'must be one of $1'],
  [/^(\w+) cannot represent/, 'must be $1'],
  [/^Expected non-nullable type "([\w![\]]+)"/, 'must not be null'],
  [/^Expected value of type "(\w+)/, 'must be $1'],
  [/^Expected type "(\w+)/, 'must be $1'],
  [/^Exactly one key must be specified for OneOf type "(\w+)"/, 'must have exactly one property of $1'],
];

/** What values of scalars are called where people read it who know no GraphQL. */
const scalarWords: Readonly<Record<string, string>> = {
  String: 'a text',
  ID: 'an id',
  Int: 'a whole number',
  Float: 'a number',
  Boolean: 'true or false',
};

const ofVariable = /^Variable "\$(\w+)" got invalid value [\s\S]*?(?: at "([\w.[\]]+)")?; ([\s\S]*)$/;
const absentVariable =
  /^Variable "\$(\w+)" of (?:required type "[^"]*" was not provided|non-null type "[^"]*" (must not be null))/;
const missingField = /^Field "(?:\w+\.)?(\w+)" of required type "([\w![\]]+)" was not provided/;
const tooManyTokens = /Document contains more (?:that|than) (\d+) tokens/;

/**
 * Rewrites what graphql-js says of a bad operation so that no value, no suggestion and no piece of the document is
 * echoed. `extensions.place` tells where a bad literal stands (`literalPlace`). The texts are those of graphql 16; an
 * unknown one becomes a neutral sentence.
 */
export function describeDocumentFault(error: GraphQLError): DocumentFault {
  const { message } = error;
  if (message.startsWith('Syntax Error')) return { message: syntaxFault(error) };
  const ofInput = inputFault(message);
  if (ofInput) return ofInput;
  if (namesOnly.test(message)) return { message: message.replace(/ ?Did you mean [\s\S]*$/, '') };
  const { place } = error.extensions;
  if (typeof place === 'string') return valueFault(place, message);
  const rewritten = rewrite(message);
  return { message: rewritten ? `A value in the document ${rewritten}.` : 'The operation does not fit the schema.' };
}

/** What is wrong with a variable or an argument. */
function inputFault(message: string): DocumentFault | undefined {
  const [, variable, place, reason] = ofVariable.exec(message) ?? [];
  if (variable !== undefined) return valueFault(place ?? variable, reason ?? '');
  const [, absent, isNull] = absentVariable.exec(message) ?? [];
  if (absent !== undefined) return faultOf(absent, isNull ?? 'is required');
  const [, argument] = /^Argument "(\w+)" has invalid value/.exec(message) ?? [];
  return argument === undefined ? undefined : faultOf(argument, 'is not valid');
}

function syntaxFault(error: GraphQLError): string {
  if (isEmpty(error.source?.body)) return emptyDocument;
  const tokens = tooManyTokens.exec(error.message)?.[1];
  if (tokens) return `The document is too long: at most ${tokens} tokens. Split it into several operations.`;
  const at = error.locations?.[0];
  return `The document is not valid GraphQL${at ? ` at line ${at.line}, column ${at.column}` : ''}.`;
}

/** Whether a document holds nothing but what the language ignores. */
function isEmpty(body: string | undefined): boolean {
  return body !== undefined && /^[\s,\uFEFF]*$/.test(body.replaceAll(/#[^\n\r]*/g, ''));
}

function valueFault(place: string, reason: string): DocumentFault {
  const path = pathWithinInput(place);
  const isWithinList = place.endsWith(']');
  const missing = missingField.exec(reason);
  if (missing?.[1])
    return faultOf(path === place && !isWithinList ? missing[1] : `${path}.${missing[1]}`, 'is required');
  return faultOf(path, rewrite(reason) ?? 'is not valid');
}

/**
 * Properties are named as validation rules name them: from the input on, without the variable or argument it came in.
 * One that is a list keeps its name.
 */
function pathWithinInput(place: string): string {
  return place
    .replace(/^\w+\./, '')
    .replaceAll('[', '.')
    .replaceAll(']', '');
}

function faultOf(path: string, message: string): DocumentFault {
  const fields = [{ path, message }];
  return { message: inputSentence(fields), fields };
}

function rewrite(message: string): string | undefined {
  for (const [pattern, rewritten] of valueFaults) {
    const name = pattern.exec(message)?.[1];
    if (name)
      return rewritten.replace('$1', rewritten === 'must be $1' ? (scalarWords[name] ?? `a valid ${name}`) : name);
  }
  return undefined;
}
