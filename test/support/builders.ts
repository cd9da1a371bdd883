import { Types } from 'mongoose';
import type { App } from '../../src/app.js';
import {
  ConversationCreateDocument,
  GroupCreateDocument,
  MessageAddDocument,
  type MessageFieldsFragment,
} from '../../src/generated/operations.js';
import type { Person } from './wire-person.js';

/** A group that its first argument owns. */
export async function buildGroup(owner: Person, others: readonly Person[], title = 'Equipo'): Promise<string> {
  const input = { title, userIds: others.map(({ id }) => id) };
  return (await owner.run(GroupCreateDocument, { input })).groupCreate.conversation.id;
}

/** The direct chat of two people. */
export async function buildDirect(one: Person, other: Pick<Person, 'id'>): Promise<string> {
  const input = { userId: other.id };
  return (await one.run(ConversationCreateDocument, { input })).conversationCreate.conversation.id;
}

/** Sends one message. */
export async function say(person: Person, conversationId: string, content: string): Promise<MessageFieldsFragment> {
  return (await person.run(MessageAddDocument, { input: { conversationId, content } })).messageAdd.message;
}

/** Sends messages one after the other. */
export async function sayAll(person: Person, conversationId: string, contents: readonly string[]): Promise<void> {
  for (const content of contents) await say(person, conversationId, content);
}

/** Puts messages into the log without sending them, for tests of long histories. @param first the seq of the first */
export async function fillLog(
  { log }: App['collections'],
  author: Person,
  { conversationId, first, count }: { conversationId: string; first: number; count: number },
): Promise<void> {
  const rows = Array.from({ length: count }, (_, at) => ({
    conversationId: new Types.ObjectId(conversationId),
    seq: first + at,
    changedSeq: first + at,
    type: 'MESSAGE_ADDED',
    actorId: new Types.ObjectId(author.id),
    content: `${first + at}`,
    createdAt: new Date(),
  }));
  await log.native.insertMany(rows);
}
