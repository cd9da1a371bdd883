import type { Deadline } from '../deadline.js';
import type { Engine } from '../engine.js';
import type { Doc } from '../bson/types.js';
import type { Reply } from '../wire/reply.js';

/** One command of a client. */
export interface CommandContext {
  readonly engine: Engine;
  readonly database: string;
  readonly body: Doc;
  /** A number for each connection. */
  readonly connectionId: number;
  readonly deadline: Deadline;
}

/** Carries a command out. @throws CommandError, which becomes the answer. */
export type Command = (context: CommandContext) => Promise<Reply> | Reply;

/** Some commands of one family, by their names. */
export type CommandTable = Readonly<Record<string, Command>>;
