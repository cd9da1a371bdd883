/** Every code that an error on any protocol can carry, and the HTTP status it has on REST. */
export const httpStatusByCode = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  BAD_USER_INPUT: 400,
  CONFLICT: 409,
  RATE_LIMITED: 429,
  PAYLOAD_TOO_LARGE: 413,
  UNAVAILABLE: 503,
  INTERNAL: 500,
} as const;

export type ErrorCode = keyof typeof httpStatusByCode;

/** Why something was refused, for programs: where one code has several causes, each with a remedy of its own. */
export const errorReasons = [
  'ADMINS_ONLY',
  'AUTHOR_ONLY',
  'BUSY',
  'CHAT_CLOSED',
  'DATABASE',
  'FOREIGN_ORIGIN',
  'GROUPS_ONLY',
  'ID_REUSED',
  'MARKED_AS_SPAM',
  'MESSAGE_REMOVED',
  'OWNER_ONLY',
  'OWNER_STAYS',
  'PERSON_BLOCKED',
  'SITE_ADMINS_ONLY',
  'SLOW_READER',
  'STOPPING',
  'TOO_FAR_BEHIND',
  'USERNAME_TAKEN',
] as const;

export type ErrorReason = (typeof errorReasons)[number];

/** What was wrong with one input property: its dotted path and the rule it broke, never its value. */
export interface FieldFault {
  readonly path: string;
  readonly message: string;
}

/** Machine-readable additions to an error; they appear beside `code` in `extensions`. */
export interface ErrorDetails {
  /** With BAD_USER_INPUT: which properties broke which rule. */
  readonly fields?: readonly FieldFault[];
  /** With RATE_LIMITED: seconds to wait. */
  readonly retryAfter?: number;
  /** With FORBIDDEN, CONFLICT and UNAVAILABLE: why, for programs. */
  readonly reason?: ErrorReason;
  /** With TOO_FAR_BEHIND: the newest seq of the conversation. */
  readonly lastSeq?: number;
}

/** An error that a caller may see: its message gives cause and remedy, its code is one of the published ones. */
export class ChatError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: ErrorDetails = {},
  ) {
    super(message);
    this.name = 'ChatError';
  }
}

/** What the caller may not see answers the same as what does not exist. */
export function notFound(noun: string): ChatError {
  return new ChatError('NOT_FOUND', `There is no such ${noun}, or you may not see it. Check the id.`);
}

export function forbidden(reason: ErrorReason, message: string): ChatError {
  return new ChatError('FORBIDDEN', message, { reason });
}

/** Something that is there stands in the way. */
export function conflict(reason: ErrorReason, message: string): ChatError {
  return new ChatError('CONFLICT', message, { reason });
}

/** One faulty property. */
export function badInput(path: string, message: string): ChatError {
  return badFields([{ path, message }]);
}

/** Several of them. */
export function badFields(fields: readonly FieldFault[]): ChatError {
  return new ChatError('BAD_USER_INPUT', inputSentence(fields), { fields });
}

/** Faults as people read them: each with its place and what must be otherwise. */
export function inputSentence(fields: readonly FieldFault[]): string {
  return `${fields.map(({ path, message }) => `${path}: ${ruleOf(path, message)}`).join('; ')}.`;
}

/** Rules may begin with the name of their property. */
function ruleOf(path: string, message: string): string {
  const name = `${path.split('.').at(-1) ?? ''} `;
  return message.startsWith(name) ? message.slice(name.length) : message;
}

export function unauthenticated(): ChatError {
  return new ChatError('UNAUTHENTICATED', 'You are not logged in, or your session has ended. Log in and try again.');
}

export function unavailable(message: string, details: ErrorDetails): ChatError {
  return new ChatError('UNAVAILABLE', message, details);
}
