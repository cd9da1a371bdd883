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
export const errorReasons = {
  ADMINS_ONLY: 'only the owner and the admins of the group may do it',
  AUTHOR_ONLY: 'only the author may do it, or for a removal an admin of the group',
  BUSY: 'more is asked than can be done at this moment; try again in some seconds',
  CHAT_CLOSED: 'in a direct chat one has blocked the other or has unregistered; nothing new is said there',
  DATABASE: 'the database does not answer; try again in some seconds',
  FOREIGN_ORIGIN: 'a page of another site sent the cookie; name the site in `ALLOWED_ORIGINS`, or send a token',
  GROUPS_ONLY: 'a direct chat has no such thing',
  ID_REUSED:
    'the `clientMessageId` (over REST also the `Idempotency-Key`) was used for another message; choose a new one',
  MARKED_AS_SPAM: 'the caller marked the conversation as spam; clear the mark to follow it',
  MESSAGE_REMOVED: 'the message was removed',
  OWNER_ONLY: 'only the owner of the group may do it',
  OWNER_STAYS: 'the owner stays the owner until it leaves the group',
  PERSON_BLOCKED: 'one of the two has blocked the other one',
  SITE_ADMINS_ONLY: 'only site admins may do it',
  SLOW_READER: 'the program did not read what it was sent; read faster, and continue from the last `seq`',
  STOPPING: 'the server is being stopped; connect again',
  TOO_FAR_BEHIND: 'more was missed than is sent live; read it in pages',
  USERNAME_TAKEN: 'the username belongs or belonged to somebody',
} as const;

export type ErrorReason = keyof typeof errorReasons;

/** What was wrong with one input property: its dotted path and the rule it broke, never its name again or its value. */
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
  return `${fields.map(({ path, message }) => `${path}: ${message}`).join('; ')}.`;
}

export function unauthenticated(): ChatError {
  return new ChatError('UNAUTHENTICATED', 'You are not logged in, or your session has ended. Log in and try again.');
}

export function unavailable(message: string, details: ErrorDetails): ChatError {
  return new ChatError('UNAVAILABLE', message, details);
}
