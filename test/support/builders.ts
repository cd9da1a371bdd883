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
