import { GraphQLError, Kind, type SourceLocation } from 'graphql';
import { ArgumentValidationError } from 'type-graphql';
import { badFields, ChatError, type ErrorCode, type ErrorDetails, type FieldFault } from '../errors.js';
import type { Logger } from '../observability/logger.js';
import type { Caller } from './context.js';
import { isDatabaseTrouble } from './database-trouble.js';
import { describeDocumentFault } from './document-faults.js';
import { requestFault } from './request-faults.js';

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

/** What the operator is told of a failure: nothing that a caller wrote. */
export interface Failure {
  readonly code: ErrorCode;
  /** The field of the schema at which a hidden error was thrown. */
  readonly field?: string;
  /** What `presentError` hides: a fault of the program, or the loss of the database. */
  readonly err?: unknown;
}

/** The failure that weighs most among everything that one operation threw; undefined when nothing was. */
export function describeFailures(errors: readonly unknown[]): Failure | undefined {
  return errors.map(describeFailure).reduce<Failure | undefined>(heavier, undefined);
}

/** Writes down what `presentError` hides where no operation ends: in a live event, or while somebody connects. */
export function logHiddenErrors(logger: Logger, errors: readonly unknown[], caller?: Caller): void {
  for (const { code, field, err } of errors.map(describeFailure)) {
    if (err === undefined) continue;
    const told = { requestId: caller?.requestId, protocol: caller?.protocol, code, field, err };
    if (code === 'INTERNAL') logger.error(told, 'Something failed unexpectedly.');
    else logger.warn(told, 'The database could not be reached.');
  }
}

function describeFailure(error: unknown): Failure {
  const { code } = publicError(error);
  const root = rootOf(error);
  const isHidden = !(root instanceof ChatError) && (code === 'INTERNAL' || code === 'UNAVAILABLE');
  return isHidden ? { code, field: fieldOf(error), err: root } : { code };
}

const weights: Partial<Record<ErrorCode, number>> = { INTERNAL: 2, UNAVAILABLE: 1 };

function heavier(one: Failure | undefined, other: Failure): Failure {
  return one && (weights[one.code] ?? 0) >= (weights[other.code] ?? 0) ? one : other;
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
  if (error.extensions.code === 'BAD_REQUEST') return new ChatError('BAD_USER_INPUT', requestFault(error.message));
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
  return badFields(fields);
}

/** The part of class-validator's ValidationError that is used; values are never in it. */
interface BrokenRule {
  readonly property: string;
  readonly constraints?: Readonly<Record<string, string>>;
  readonly children?: readonly BrokenRule[];
}

/** class-validator begins its sentences with the name of the property. */
function faultsOf({ property, constraints = {}, children = [] }: BrokenRule, parent: string): FieldFault[] {
  const path = parent + property;
  const own = Object.values(constraints).map((told) => ({ path, message: told.replace(`${property} `, '') }));
  return [...own, ...children.flatMap((child) => faultsOf(child, `${path}.`))];
}

/** What was thrown in the first place, under the wrappers of graphql-js and Apollo. */
function rootOf(error: unknown): unknown {
  let root = error;
  while (root instanceof GraphQLError && root.originalError) root = root.originalError;
  return root;
}

/** Not the path: it holds the names that a caller gave to fields. */
function fieldOf(error: unknown): string | undefined {
  const node = error instanceof GraphQLError ? error.nodes?.[0] : undefined;
  return node?.kind === Kind.FIELD ? node.name.value : undefined;
}

function internal(): ChatError {
  return new ChatError('INTERNAL', 'Something went wrong on the server. Try again; if it persists, tell the operator.');
}
