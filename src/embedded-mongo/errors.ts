import type { Doc } from './bson/types.js';

/** MongoDB's names of the error codes in use here (source: MongoDB's error_codes.yml). */
const codeNames = {
  InternalError: 1,
  BadValue: 2,
  NoSuchKey: 4,
  FailedToParse: 9,
  Unauthorized: 13,
  TypeMismatch: 14,
  Overflow: 15,
  InvalidLength: 16,
  IllegalOperation: 20,
  AlreadyInitialized: 23,
  NamespaceNotFound: 26,
  IndexNotFound: 27,
  PathNotViable: 28,
  FileStreamFailed: 39,
  ConflictingUpdateOperators: 40,
  CursorNotFound: 43,
  NamespaceExists: 48,
  MaxTimeMSExpired: 50,
  DollarPrefixedFieldName: 52,
  InvalidIdField: 53,
  EmptyFieldName: 56,
  CommandNotFound: 59,
  ImmutableField: 66,
  CannotCreateIndex: 67,
  IndexAlreadyExists: 68,
  InvalidOptions: 72,
  InvalidNamespace: 73,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  OperationFailed: 96,
  CommandNotSupported: 115,
  DocumentValidationFailure: 121,
  ExceededMemoryLimit: 146,
  DurationOverflow: 159,
  NotAReplicaSet: 123,
  CursorKilled: 237,
  NotImplemented: 238,
  CommandNotSupportedOnView: 166,
  InvalidIndexSpecificationOption: 197,
  QueryPlanKilled: 175,
  NoQueryExecutionPlans: 291,
  BSONObjectTooLarge: 10334,
  InvalidBSON: 22,
  DuplicateKey: 11000,
  Interrupted: 11601,
  OutOfDiskSpace: 14031,
} as const;

export type CodeName = keyof typeof codeNames;

/** An answer `{ ok: 0, code, codeName, errmsg }`; `extra` is merged into it (keyPattern and keyValue of 11000). */
export class CommandError extends Error {
  readonly code: number;
  readonly codeName: string;

  constructor(
    name: CodeName | number,
    message: string,
    readonly extra: Doc = {},
  ) {
    super(message);
    this.name = 'CommandError';
    this.code = typeof name === 'number' ? name : codeNames[name];
    this.codeName = typeof name === 'number' ? `Location${name}` : name;
  }
}

/** Throws a CommandError; an expression, so that it can stand behind `??`. */
export function fail(name: CodeName | number, message: string): never {
  throw new CommandError(name, message);
}

/** What any thrown thing says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The folder is used by another process (or by another database of this one). */
export class DataFolderInUseError extends Error {
  readonly code = 'DATA_FOLDER_IN_USE';

  constructor(
    readonly dataDir: string,
    readonly pid: number | undefined,
  ) {
    super(
      `The data folder ${dataDir} is in use by ${pid === undefined ? 'another process' : `process ${pid}`}. ` +
        'Stop that process, or give this one a data folder of its own.',
    );
    this.name = 'DataFolderInUseError';
  }
}

/** Why a data folder cannot be used, with what to do about it. */
const remedies = {
  access: 'Give a folder that this user may read and write.',
  full: 'Make room on it, or give a folder on another disk.',
  damaged: 'Put the file back from a backup, or move it away to begin with an empty database.',
  foreign: 'Give an empty folder, or one that a database has used before.',
} as const;

export type DataFolderProblem = keyof typeof remedies;

/** The folder cannot be made, read or written, its data file is damaged, or it is not a data folder. */
export class DataFolderError extends Error {
  readonly code = 'DATA_FOLDER_UNUSABLE';

  constructor(
    readonly dataDir: string,
    readonly reason: string,
    readonly problem: DataFolderProblem = 'access',
  ) {
    super(`The data folder ${dataDir} cannot be used: ${reason}. ${remedies[problem]}`);
    this.name = 'DataFolderError';
  }
}
