import { type ChatClient, createChatClient } from '../../../src/client/index.js';
import {
  GroupUserAddDocument,
  GroupUserRemoveDocument,
  MessageAddDocument,
  MessageEditDocument,
  MessageReactDocument,
  MessageRemoveDocument,
} from '../../../src/generated/operations.js';
import type { Random } from '../../embedded-mongo/support/random.js';
import type { Sending, View } from './history.js';
import { RecordedSockets, sightOf } from './recording-socket.js';

export interface ActorIdentity {
  readonly id: string;
  readonly token: string;
}

/** Messages that may wait for the server; a person does not go on for ever. */
const maxWaiting = 20;
/** Other operations that may be under way at once. */
const maxPending = 5;

type Sent = Sending & { readonly content: string };

/** A person with an application: the client library, its storage, and everything that it was given. */
export class Actor {
  readonly view: View;
  readonly sockets: RecordedSockets;
  private readonly sent = new Map<string, Sent>();
  private readonly storage = new Map<string, string>();
  private readonly pending = new Set<Promise<unknown>>();
  /** Where its application connects to, since when, as of performance.now(); undefined while it is stopped. */
  place: { readonly url: string; readonly since: number } | undefined;
  private client: ChatClient | undefined;
  private said = 0;

  constructor(
    readonly identity: ActorIdentity,
    private readonly random: Random,
  ) {
    this.view = { userId: identity.id, sights: [] };
    this.sockets = new RecordedSockets(identity.id);
  }

  get sendings(): Sending[] {
    return [...this.sent.values()];
  }

  /** Whether nothing is under way. */
  get isSettled(): boolean {
    return this.client?.state === 'live' && this.client.outbox.length === 0 && this.pending.size === 0;
  }

  /** Starts the application, which continues where it stopped. */
  wake(url: string): void {
    if (this.client) return;
    const isFirst = this.storage.size === 0;
    const client = createChatClient({
      url,
      token: this.identity.token,
      webSocketImpl: this.sockets.Socket,
      storage: this.storage,
      ...(isFirst && { knownAtStart: [] }),
    });
    this.client = client;
    this.place = { url, since: performance.now() };
    const see = (item: Parameters<typeof sightOf>[0]): void => {
      const sight = sightOf(item);
      if (sight && this.client === client) this.view.sights.push(sight);
    };
    client.on('event', see);
    client.on('left', (left) => see({ __typename: 'FeedLeft', ...left }));
    client.on('reset', (reset) => see({ __typename: 'FeedReset', ...reset }));
    client.on('sent', ({ clientMessageId, message }) => this.answered(clientMessageId, message));
    client.on('outbox', (outbox) => {
      for (const { status, clientMessageId } of outbox) if (status === 'failed') client.discard(clientMessageId);
    });
    client.connect();
  }

  /** Stops the application. */
  async sleep(): Promise<void> {
    const { client } = this;
    this.client = undefined;
    this.place = undefined;
    await client?.close();
  }

  say(conversationId: string, text = `${this.identity.id} ${(this.said += 1)}`): void {
    const { client } = this;
    if (!client || client.outbox.length >= maxWaiting) return;
    const { clientMessageId } = client.send({ conversationId, content: text });
    const { id: userId } = this.identity;
    this.sent.set(clientMessageId, { clientMessageId, userId, conversationId, content: text, answers: [] });
  }

  /** Says again what was said, as if the answer had got lost. */
  repeat(): void {
    const sending = this.oneOfMine();
    if (!sending) return;
    const { clientMessageId, conversationId, content } = sending;
    this.run(async (client) => {
      const input = { clientMessageId, conversationId, content };
      const { messageAdd } = await client.request(MessageAddDocument, { input });
      this.answered(clientMessageId, messageAdd.message);
    });
  }

  /** Changes one of its own messages, in one way or another. */
  change(): void {
    const messageId = this.oneOfMine()?.answers[0]?.messageId;
    if (messageId === undefined) return;
    const die = this.random.next();
    this.run(async (client) => {
      if (die < 0.3) await client.request(MessageEditDocument, { input: { messageId, content: `changed ${die}` } });
      else if (die < 0.45) await client.request(MessageRemoveDocument, { input: { messageId } });
      else await client.request(MessageReactDocument, { input: { messageId, emoji: '👍', on: die < 0.8 } });
    });
  }

  add(groupId: string, userId: string): void {
    this.run((client) => client.request(GroupUserAddDocument, { input: { groupId, userId } }));
  }

  remove(groupId: string, userId = this.identity.id): void {
    this.run((client) => client.request(GroupUserRemoveDocument, { input: { groupId, userId } }));
  }

  /** One of its newest messages that were acknowledged. */
  private oneOfMine(): Sent | undefined {
    const mine = [...this.sent.values()].slice(-50).filter(({ answers }) => answers.length > 0);
    return mine[this.random.below(mine.length)];
  }

  private answered(clientMessageId: string, { id, seq }: { readonly id: string; readonly seq: number }): void {
    this.sent.get(clientMessageId)?.answers.push({ messageId: id, seq });
  }

  /** Tries; what comes of it shows in the log. */
  private run(operation: (client: ChatClient) => Promise<unknown>): void {
    if (!this.client || this.pending.size >= maxPending) return;
    const attempt = operation(this.client)
      .catch(() => undefined)
      .finally(() => this.pending.delete(attempt));
    this.pending.add(attempt);
  }
}
