import { EventEmitter, on } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { MessageAddInput } from '../../src/generated/operations.js';

/*
 * The server of the guides: graphql-ws as it comes, one execution per subscriber, events through an emitter in memory. It has
 * the schema of Chatset and answers the same documents; it checks nobody's rights, and keeps its messages in memory.
 */
const schema = buildSchema(readFileSync(new URL('../../../schema/schema.graphql', import.meta.url), 'utf8'));
const events = new EventEmitter().setMaxListeners(0);
const messages: object[] = [];
const from = { id: 'ana', username: 'ana', name: 'Ana' };

function messageAdd({ input }: { readonly input: MessageAddInput }) {
  const at = new Date().toISOString();
  const message = {
    ...input,
    id: `message-${messages.length}`,
    seq: messages.length + 1,
    from,
    createdAt: at,
    reactions: [],
  };
  messages.push(message);
  const { conversationId, seq, id: messageId } = message;
  const type = 'MESSAGE_ADDED';
  events.emit('entry', {
    __typename: 'ConversationEvent',
    conversationId,
    seq,
    type,
    at,
    actor: from,
    messageId,
    message,
  });
  return { message };
}

async function* conversationFeed() {
  for await (const [entry] of on(events, 'entry')) yield { conversationFeed: entry as object };
}

const http = createServer();
useServer(
  { schema, roots: { mutation: { messageAdd }, subscription: { conversationFeed } } },
  new WebSocketServer({ server: http, path: '/graphql' }),
);
http.listen(0, '127.0.0.1', () => {
  process.stdout.write(`API http://127.0.0.1:${(http.address() as AddressInfo).port}/graphql\n`);
});
process.on('SIGINT', () => process.exit(0));
