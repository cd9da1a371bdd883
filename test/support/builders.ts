import { Types } from 'mongoose';
import type { App } from '../../src/app.js';
import {
  ContactUserAddDocument,
  ConversationCreateDocument,
  GroupCreateDocument,
  MessageAddDocument,
  type MessageFieldsFragment,
  UserBlockDocument,
  UserUnblockDocument,
  UserUnregisterDocument,
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

/** Makes somebody a contact of the first person. */
export async function addContact(owner: Person, { id }: Pick<Person, 'id'>, alias?: string | null): Promise<void> {
  await owner.run(ContactUserAddDocument, { input: { userId: id, ...(alias !== undefined && { alias }) } });
}

/** Puts somebody out of the sight of the first person. */
export async function block(blocker: Person, { id }: Pick<Person, 'id'>): Promise<void> {
  await blocker.run(UserBlockDocument, { input: { userId: id } });
}

/** Ends a block. */
export async function unblock(blocker: Person, { id }: Pick<Person, 'id'>): Promise<void> {
  await blocker.run(UserUnblockDocument, { input: { userId: id } });
}

/** Leaves Chatset for ever. */
export async function unregister(person: Person): Promise<string> {
  const { userUnregister } = await person.run(UserUnregisterDocument, { input: { password: person.password } });
  return userUnregister.userId;
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
