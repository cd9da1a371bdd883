import { buildSchema } from '@typegoose/typegoose';
import mongoose, { type Collection, type Connection, type Model, type mongo, type Schema } from 'mongoose';
import { Block } from '../contacts/block.model.js';
import { Contact } from '../contacts/contact.model.js';
import { Conversation } from '../conversations/conversation.model.js';
import { Member } from '../conversations/member.model.js';
import { LogEntry } from '../log/log-entry.model.js';
import { Report } from '../moderation/report.model.js';
import { Session } from '../sessions/session.model.js';
import { RetiredName } from '../users/retired-name.model.js';
import { User } from '../users/user.model.js';
import type { Stored } from './entity.js';
import { Repository } from './repository.js';

/** Every collection by the name services know it by. */
const entities = {
  users: User,
  retiredNames: RetiredName,
  sessions: Session,
  contacts: Contact,
  blocks: Block,
  conversations: Conversation,
  members: Member,
  log: LogEntry,
  reports: Report,
} as const;

type Entities = typeof entities;

export type Collections = { readonly [Name in keyof Entities]: Repository<InstanceType<Entities[Name]>> };

/** An open database with its indexes in place. */
export interface Database {
  readonly collections: Collections;
  readonly connection: Connection;
  /** Rejects when the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Counts the commands that go to the database. */
export interface CommandMeter {
  command(name: string, seconds: number): void;
  commandFailed(name: string): void;
}

/** The collections over a connection, whether or not it is open. */
function collectionsOf(connection: Connection): Collections {
  const repositories = Object.entries<new () => object>(entities).map(([name, Entity]) => {
    const model = connection.model(Entity.name, buildSchema(Entity)) as unknown as Model<Stored>;
    return [name, new Repository(Entity, model)] as const;
  });
  return Object.fromEntries(repositories) as unknown as Collections;
}

/**
 * How long one operation may take with all its tries, ms. The driver waits for ever for the answer of a server that
 * stands still, and after writing to a connection that breaks at that very moment.
 */
const operationTimeoutMs = 10_000;

/**
 * Connects and makes sure that all indexes are there.
 * Reads and writes are majority and journaled, so that what is answered survives any crash.
 * @param uri a MongoDB connection string
 * @param meter is told how long each command took
 * @throws Error with cause and remedy when the string cannot be read, or no server answers within 5 s
 */
export async function openDatabase(uri: string, meter?: CommandMeter): Promise<Database> {
  const connection = mongoose.createConnection(uri, {
    autoIndex: false,
    autoCreate: false,
    monitorCommands: meter !== undefined,
    serverSelectionTimeoutMS: 5_000,
    timeoutMS: operationTimeoutMs,
    readConcernLevel: 'majority',
    writeConcern: { w: 'majority', j: true },
  });
  await connection.asPromise().catch((error: unknown) => {
    throw unreachable(error);
  });
  if (meter) measure(connection, meter);
  const collections = collectionsOf(connection);
  await Promise.all(Object.values(collections).map(({ model }) => createIndexes(model)));
  const ping = async (): Promise<void> => {
    await connection.db?.admin().ping();
  };
  return { collections, connection, ping, close: () => connection.close() };
}

/** An index over many documents takes its time. */
async function createIndexes({ schema, collection }: { schema: Schema; collection: Collection }): Promise<void> {
  const indexes = schema.indexes().map(([key, options]) => ({ ...options, key }) as mongo.IndexDescription);
  if (indexes.length > 0) await collection.createIndexes(indexes, { timeoutMS: 0 });
}

function measure(connection: Connection, meter: CommandMeter): void {
  const client = connection.getClient();
  client.on('commandSucceeded', ({ commandName, duration }) => meter.command(commandName, duration / 1_000));
  client.on('commandFailed', ({ commandName }) => meter.commandFailed(commandName));
}

function unreachable(cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message.replace(/[.\s]+$/, '') : String(cause);
  return new Error(`The MongoDB cannot be reached: ${reason}. Start it, or correct MONGODB_URI.`, { cause });
}
