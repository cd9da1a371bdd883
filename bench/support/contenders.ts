import { once } from 'node:events';
import { WebSocket } from 'ws';
import { GroupCreateDocument, MessageAddDocument } from '../../src/generated/operations.js';
import { LoadSocket } from './load-socket.js';
import { connectPeople } from './people.js';
import { type ReportingServer, startReportingServer } from './server.js';
import type { Door } from './subscribers.js';

/** Accounts that the subscribers of Chatset share: a registration is made to take long. */
const accounts = 20;

/** A running server with somebody who sends. */
export interface Contender {
  readonly server: ReportingServer;
  readonly door: Door;
  /** Sends one message to all. @returns once it is acknowledged, where the server does so */
  readonly publish: (content: string) => Promise<unknown>;
  readonly stop: () => Promise<void>;
}

/** Every server that takes part, by what it is called; the first one is measured against the others. */
export const contenders: Readonly<Record<string, () => Promise<Contender>>> = {
  Chatset: startChatset,
  'graphql-ws': startNaive,
  'bare ws': startBare,
};

async function startChatset(): Promise<Contender> {
  const server = await startReportingServer();
  const people = await connectPeople(server.url, accounts);
  const [owner, ...others] = people;
  if (!owner) throw new Error('Nobody was registered.');
  const group = { title: 'Fan-out', userIds: others.map(({ id }) => id) };
  const { groupCreate } = await owner.socket.run(GroupCreateDocument, { input: group });
  const conversationId = groupCreate.conversation.id;
  return {
    server,
    door: { url: server.url, tokenOf: (number) => people[number % accounts]?.token ?? '' },
    publish: (content) => owner.socket.run(MessageAddDocument, { input: { conversationId, content } }),
    stop: async () => {
      await Promise.all(people.map(({ socket }) => socket.close()));
      await server.stop();
    },
  };
}

async function startNaive(): Promise<Contender> {
  const server = await startReportingServer(new URL('../rivals/naive.js', import.meta.url));
  const socket = await LoadSocket.open(server.url, 'nobody');
  return {
    server,
    door: { url: server.url, tokenOf: () => 'nobody' },
    publish: (content) => socket.run(MessageAddDocument, { input: { conversationId: 'group', content } }),
    stop: async () => {
      await socket.close();
      await server.stop();
    },
  };
}

async function startBare(): Promise<Contender> {
  const server = await startReportingServer(new URL('../rivals/bare.js', import.meta.url));
  const socket = new WebSocket(server.url.replace(/^http/, 'ws'), { perMessageDeflate: false });
  await once(socket, 'open');
  socket.on('message', () => undefined);
  return {
    server,
    door: { url: server.url },
    publish: (content) => {
      socket.send(JSON.stringify(bodyOf(content)));
      return Promise.resolve();
    },
    stop: async () => {
      socket.close();
      await once(socket, 'close');
      await server.stop();
    },
  };
}

/** As many bytes, and as they lie, as the others deliver. */
function bodyOf(content: string) {
  const id = '0'.repeat(24);
  const at = new Date().toISOString();
  const from = { id, username: 'person-0', name: null };
  const fields = { id, conversationId: id, seq: 1, from, content, replyTo: null, reactions: [], clientMessageId: null };
  const message = { ...fields, createdAt: at, editedAt: null, removedAt: null };
  const entry = {
    conversationId: id,
    seq: 1,
    type: 'MESSAGE_ADDED',
    at,
    actor: from,
    messageId: id,
    user: null,
    title: null,
  };
  const conversationFeed = { __typename: 'ConversationEvent', ...entry, message };
  return { id: '1', type: 'next', payload: { data: { conversationFeed } } };
}
