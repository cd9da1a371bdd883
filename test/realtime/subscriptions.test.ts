import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import * as operations from '../../src/generated/operations.js';
import { buildDirect, buildGroup, say } from '../support/builders.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import type { Recording } from '../support/recording.js';
import { type Person, send } from '../support/wire-person.js';

/** Ana acts; Luis shares a group and a direct chat with her; Eva knows neither of them. */
interface Stage {
  readonly ana: Person;
  readonly luis: Person;
  readonly eva: Person;
  readonly group: string;
  readonly direct: string;
  readonly url: string;
}

type Name = 'ana' | 'luis' | 'eva';

interface Scene {
  readonly document: TypedDocumentNode<never, never>;
  /** Narrows the subscription; without it the whole is followed. */
  readonly variables?: (stage: Stage) => Record<string, unknown>;
  readonly act: (stage: Stage) => Promise<unknown>;
  readonly hears: readonly Name[];
  /** A part of what those who hear it receive. */
  readonly told: (stage: Stage) => unknown;
}

const ids = ({ group: groupId, luis }: Stage) => ({ input: { groupId, userId: luis.id } });
const inGroup = ({ group }: Stage) => ({ input: { conversationId: group } });
const inDirect = ({ direct }: Stage) => ({ input: { conversationId: direct } });
const scene = (given: Omit<Scene, 'document'> & { document: unknown }): Scene => given as Scene;

const scenes: Record<string, Scene> = {
  conversationFeed: scene({
    document: operations.ConversationFeedDocument,
    act: ({ ana, group }) => say(ana, group, 'hola'),
    hears: ['ana', 'luis'],
    told: ({ group }) => ({ type: 'MESSAGE_ADDED', conversationId: group }),
  }),
  messageAdded: scene({
    document: operations.MessageAddedDocument,
    act: ({ ana, group }) => say(ana, group, 'hola'),
    hears: ['ana', 'luis'],
    told: () => ({ content: 'hola', seq: 2 }),
  }),
  messageReplied: scene({
    document: operations.MessageRepliedDocument,
    act: async ({ ana, luis, group }) => {
      const { id } = await say(luis, group, '¿sí?');
      await ana.run(operations.MessageReplyDocument, { input: { messageId: id, content: 'sí' } });
    },
    hears: ['ana', 'luis'],
    told: () => ({ content: 'sí', replyTo: { content: '¿sí?' } }),
  }),
  conversationCreated: scene({
    document: operations.ConversationCreatedDocument,
    act: ({ ana, eva }) => buildDirect(ana, eva),
    hears: ['ana', 'eva'],
    told: () => ({ kind: 'DIRECT' }),
  }),
  conversationRemoved: scene({
    document: operations.ConversationRemovedDocument,
    act: (stage) => stage.ana.run(operations.ConversationRemoveDocument, inDirect(stage)),
    hears: ['ana'],
    told: ({ direct }) => direct,
  }),
  conversationSpamMarked: scene({
    document: operations.ConversationSpamMarkedDocument,
    act: (stage) => stage.ana.run(operations.ConversationSpamDocument, inDirect(stage)),
    hears: ['ana'],
    told: ({ direct }) => ({ id: direct, isSpam: true }),
  }),
  conversationListChanged: scene({
    document: operations.ConversationListChangedDocument,
    act: (stage) => stage.ana.run(operations.ConversationOpenDocument, inGroup(stage)),
    hears: ['ana'],
    told: ({ group }) => ({ id: group, isOpen: true }),
  }),
  conversationChanged: scene({
    document: operations.ConversationChangedDocument,
    act: ({ ana, group }) =>
      ana.run(operations.ConversationUpdateDocument, { input: { conversationId: group, title: 'Otro' } }),
    hears: ['ana', 'luis'],
    told: () => ({ title: 'Otro' }),
  }),
  groupCreated: scene({
    document: operations.GroupCreatedDocument,
    act: ({ ana, luis }) => buildGroup(ana, [luis], 'Nuevo'),
    hears: ['ana', 'luis'],
    told: () => ({ title: 'Nuevo', memberCount: 2 }),
  }),
  groupDeleted: scene({
    document: operations.GroupDeletedDocument,
    act: ({ ana, group }) => ana.run(operations.GroupDeleteDocument, { input: { groupId: group } }),
    hears: ['ana', 'luis'],
    told: ({ group }) => group,
  }),
  groupUserAdded: scene({
    document: operations.GroupUserAddedDocument,
    act: ({ ana, eva, group }) =>
      ana.run(operations.GroupUserAddDocument, { input: { groupId: group, userId: eva.id } }),
    hears: ['ana', 'luis', 'eva'],
    told: ({ eva }) => ({ user: { id: eva.id }, role: 'MEMBER' }),
  }),
  groupUserRemoved: scene({
    document: operations.GroupUserRemovedDocument,
    variables: ({ group }) => ({ groupId: group }),
    act: (stage) => stage.ana.run(operations.GroupUserRemoveDocument, ids(stage)),
    hears: ['ana', 'luis'],
    told: ({ luis, group }) => ({ groupId: group, user: { id: luis.id } }),
  }),
  groupUserAdminAdded: scene({
    document: operations.GroupUserAdminAddedDocument,
    act: (stage) => stage.ana.run(operations.GroupUserAdminAddDocument, ids(stage)),
    hears: ['ana', 'luis'],
    told: ({ luis }) => ({ user: { id: luis.id }, role: 'ADMIN' }),
  }),
  groupUserAdminRemoved: scene({
    document: operations.GroupUserAdminRemovedDocument,
    act: async (stage) => {
      await stage.ana.run(operations.GroupUserAdminAddDocument, ids(stage));
      await stage.ana.run(operations.GroupUserAdminRemoveDocument, ids(stage));
    },
    hears: ['ana', 'luis'],
    told: ({ luis }) => ({ user: { id: luis.id }, role: 'MEMBER' }),
  }),
  receiptChanged: scene({
    document: operations.ReceiptChangedDocument,
    act: async ({ ana, luis, group }) => {
      const { seq } = await say(luis, group, 'léelo');
      await ana.run(operations.ConversationReadDocument, { input: { conversationId: group, seq } });
    },
    hears: ['ana', 'luis'],
    told: ({ ana }) => ({ user: { id: ana.id }, readSeq: 2, deliveredSeq: 2 }),
  }),
  typingChanged: scene({
    document: operations.TypingChangedDocument,
    act: ({ ana, group }) => ana.run(operations.TypingSetDocument, { input: { conversationId: group, typing: true } }),
    hears: ['luis'],
    told: ({ ana, group }) => ({ conversationId: group, typing: true, user: { id: ana.id } }),
  }),
  userRegistered: scene({
    document: operations.UserRegisteredDocument,
    act: ({ url, ana }) => {
      const input = { username: `${ana.username}-friend`, password: 'correct horse' };
      return send({ url }, operations.UserRegisterDocument, { input });
    },
    hears: ['ana', 'luis', 'eva'],
    told: ({ ana }) => ({ username: `${ana.username}-friend` }),
  }),
  userUnregistered: scene({
    document: operations.UserUnregisteredDocument,
    act: ({ luis }) => luis.run(operations.UserUnregisterDocument, { input: { password: luis.password } }),
    hears: ['ana', 'eva'],
    told: ({ luis }) => luis.id,
  }),
  userChanged: scene({
    document: operations.UserChangedDocument,
    act: ({ ana }) => ana.run(operations.UserUpdateDocument, { input: { name: 'Ana María' } }),
    hears: ['ana', 'luis'],
    told: () => ({ name: 'Ana María' }),
  }),
  contactUserAdded: scene({
    document: operations.ContactUserAddedDocument,
    act: ({ ana, luis }) => ana.run(operations.ContactUserAddDocument, { input: { userId: luis.id, alias: 'Lucho' } }),
    hears: ['ana'],
    told: ({ luis }) => ({ alias: 'Lucho', user: { id: luis.id } }),
  }),
  contactUserRemoved: scene({
    document: operations.ContactUserRemovedDocument,
    act: async ({ ana, luis }) => {
      await ana.run(operations.ContactUserAddDocument, { input: { userId: luis.id } });
      await ana.run(operations.ContactUserRemoveDocument, { input: { userId: luis.id } });
    },
    hears: ['ana'],
    told: ({ luis }) => luis.id,
  }),
  presenceChanged: scene({
    document: operations.PresenceChangedDocument,
    variables: ({ luis }) => ({ userId: luis.id }),
    act: async ({ luis }) => {
      await luis.leave();
    },
    hears: ['ana'],
    told: ({ luis }) => ({ id: luis.id, presence: 'OFFLINE' }),
  }),
};

describe('every subscription', () => {
  let server: TestServer;
  let stage: Stage;

  beforeAll(async () => {
    server = await startChatset();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    const [ana, luis, eva] = await server.people('ana', 'luis', 'eva');
    const group = await buildGroup(ana, [luis]);
    stage = { ana, luis, eva, group, direct: await buildDirect(ana, luis), url: server.url };
  });

  it('of the schema has a scene here', () => {
    const schema = buildSchema(readFileSync(new URL('../../../schema/schema.graphql', import.meta.url), 'utf8'));
    expect(Object.keys(scenes).sort()).toEqual(Object.keys(schema.getSubscriptionType()!.getFields()).sort());
  });

  const follow = (name: Name, { document, variables }: Scene): Promise<Recording<never>> =>
    stage[name].follow(document, (variables?.(stage) ?? {}) as never);
  const itemsOf = (recording: Recording<never>): unknown[] => recording.items.flatMap((item) => Object.values(item));

  it.each(Object.entries(scenes))('%s is heard by those who may, and by nobody else', async (_name, given) => {
    const names = ['ana', 'luis', 'eva'] as const;
    const recordings = await Promise.all(names.map(async (name) => [name, await follow(name, given)] as const));
    await given.act(stage);
    const match = partly(given.told(stage));
    for (const [name, recording] of recordings) {
      if (given.hears.includes(name))
        await recording.eventually((items) => expect(items).toContainEqual(match), itemsOf);
    }
    for (const [name, recording] of recordings) {
      if (given.hears.includes(name)) continue;
      await recording.ready();
      expect(itemsOf(recording).filter((item) => !isRemark(item))).toEqual([]);
    }
  });
});

/** Matches whatever has these properties, at any depth, and others. */
function partly(expected: unknown): unknown {
  if (typeof expected !== 'object' || expected === null) return expected;
  const properties = Object.entries(expected).map(([key, value]) => [key, partly(value)]);
  return expect.objectContaining(Object.fromEntries(properties) as object);
}

/** What a feed says of itself. */
function isRemark(item: unknown): boolean {
  return ['FeedCaughtUp', 'FeedReset', 'FeedLeft'].includes((item as { __typename: string }).__typename);
}
