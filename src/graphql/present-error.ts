import { GraphQLError, type SourceLocation } from 'graphql';
import { ArgumentValidationError } from 'type-graphql';
import { ChatError, type ErrorCode, type ErrorDetails, type FieldFault } from '../errors.js';
import type { Logger } from '../observability/logger.js';
import type { Caller } from './context.js';
import { isDatabaseTrouble } from './database-trouble.js';
import { describeDocumentFault } from './document-faults.js';

/** An error as a caller sees it, the same on every transport. */
export interface PresentedError {
  readonly message: string;
  readonly locations?: readonly SourceLocation[];
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: ErrorCode } & ErrorDetails;
}

/**
 * Turns whatever was thrown into what may be told: the published codes, and never a stack, a value of the caller, a
 * suggestion or a text that was meant for programmers.
 */
export function presentError(error: unknown): PresentedError {
  const { code, message, details } = publicError(error);
  const presented = { message, extensions: { code, ...details } };
  if (!(error instanceof GraphQLError)) return presented;
  return { ...presented, locations: error.locations, path: error.path };
}

/** Writes down what `presentError` hides: faults of the program, and a database that cannot be reached. */
export function logHiddenErrors(logger: Logger, errors: readonly unknown[], caller?: Caller): void {
  for (const error of errors) {
    const { code } = publicError(error);
    const root = rootOf(error);
    if (root instanceof ChatError || (code !== 'INTERNAL' && code !== 'UNAVAILABLE')) continue;
    const told = { err: root, requestId: caller?.requestId, protocol: caller?.protocol, path: pathOf(error) };
    if (code === 'INTERNAL') logger.error(told, 'An operation failed unexpectedly.');
    else logger.warn(told, 'The database could not be reached.');
  }
}

/** The caller's own error, or the one that stands for what happened. */
function publicError(error: unknown): ChatError {
  const root = rootOf(error);
  if (root instanceof ChatError) return root;
  if (root instanceof ArgumentValidationError) return brokenRules(root);
  if (isDatabaseTrouble(root)) {
    return new ChatError('UNAVAILABLE', 'The database cannot be reached at the moment. Try again shortly.', {
      reason: 'DATABASE',
    });
  }
  if (error instanceof GraphQLError && root instanceof Error) return graphqlError(error, root);
  return internal();
}

function graphqlError(error: GraphQLError, root: Error): ChatError {
  if (error.extensions.code === 'BAD_REQUEST') return new ChatError('BAD_USER_INPUT', error.message);
  if (!isFaultOfDocument(error, root)) return internal();
  const { message, fields } = describeDocumentFault(error);
  return new ChatError('BAD_USER_INPUT', message, fields && { fields });
}

/**
 * Without a path the document or its variables were refused before execution. With one, graphql-js names the piece of
 * the document when an argument was bad; a scalar that cannot be written has none, and is a fault of the program.
 */
function isFaultOfDocument(error: GraphQLError, root: Error): boolean {
  if (error.path === undefined) return root instanceof GraphQLError || error.nodes !== undefined;
  return root instanceof GraphQLError && root !== error && root.nodes !== undefined;
}

function brokenRules(error: ArgumentValidationError): ChatError {
  const given = error.extensions.validationErrors as BrokenRule[];
  const fields = given.flatMap((rule) => faultsOf(rule, ''));
  const names = [...new Set(fields.map(({ path }) => path))].join(', ');
  return new ChatError('BAD_USER_INPUT', `The input breaks a rule: ${names}. See extensions.fields.`, { fields });
}

/** The part of class-validator's ValidationError that is used; values are never in it. */
interface BrokenRule {
  readonly property: string;
  readonly constraints?: Readonly<Record<string, string>>;
  readonly children?: readonly BrokenRule[];
}

function faultsOf(rule: BrokenRule, parent: string): FieldFault[] {
  const path = parent + rule.property;
  const own = Object.values(rule.constraints ?? {}).map((message) => ({ path, message }));
  return [...own, ...(rule.children ?? []).flatMap((child) => faultsOf(child, `${path}.`))];
}

/** What was thrown in the first place, under the wrappers of graphql-js and Apollo. */
function rootOf(error: unknown): unknown {
  let root = error;
  while (root instanceof GraphQLError && root.originalError) root = root.originalError;
  return root;
}

function pathOf(error: unknown): string | undefined {
  return error instanceof GraphQLError ? error.path?.join('.') : undefined;
}

function internal(): ChatError {
  return new ChatError('INTERNAL', 'Something went wrong on the server. Try again; if it persists, tell the operator.');
}
