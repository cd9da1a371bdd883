import { type ChatClient, createChatClient } from '../../../src/client/index.js';
import {
  ConversationReadDocument,
  GroupUserAddDocument,
  GroupUserRemoveDocument,
  MessageAddDocument,
  MessageEditDocument,
  MessageReactDocument,
  MessageRemoveDocument,
} from '../../../src/generated/operations.js';
import type { Random } from '../../embedded-mongo/support/random.js';
import { Attempts, refusalOf } from './attempts.js';
import type { Deed, Sending, Sight } from './history.js';
import { RecordedSockets, sightOf } from './recording-socket.js';

export interface ActorIdentity {
  readonly id: string;
  readonly token: string;
}

/** Messages that may wait for the server; a person does not go on for ever. */
const maxWaiting = 20;
/** Other operations that may be under way at once. */
const maxPending = 5;

/** A person with an application: the client library, its storage, and everything that it was given. */
export class Actor {
  readonly sights: Sight[] = [];
  readonly sockets: RecordedSockets;
  readonly attempts = new Attempts();
  private readonly sent = new Map<string, Sending>();
  private readonly storage = new Map<string, string>();
  private readonly repeats = new Set<Promise<unknown>>();
  /** Messages that it is changing; one change after the other, so that their order is known. */
  private readonly changing = new Set<string>();
  /** Where its application connects to; undefined while it is stopped. */
  place: string | undefined;
  /** Whether it stays with its server, even if that is dead. */
  isStranded = false;
  private client: ChatClient | undefined;
  private said = 0;

  constructor(
    readonly identity: ActorIdentity,
    private readonly random: Random,
  ) {
    this.sockets = new RecordedSockets(identity.id);
  }

  get sendings(): Sending[] {
    return [...this.sent.values()];
  }

  /** Whether nothing is under way. */
  get isSettled(): boolean {
    const waiting = this.client?.outbox.length ?? 0;
    return this.client?.state === 'live' && waiting + this.repeats.size + this.attempts.open === 0;
  }

  /** The newest seq of a conversation that it was shown; undefined when it is not in there, as far as it knows. */
  placeIn(conversationId: string): number | undefined {
    return this.client?.known.get(conversationId);
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
    this.place = url;
    this.listen(client);
    client.connect();
  }

  /** Stops the application. */
  async sleep(): Promise<void> {
    const { client } = this;
    this.client = undefined;
    this.place = undefined;
    await client?.close();
  }

  /** @returns what comes of it, as it comes; undefined when it says nothing just then */
  say(conversationId: string): Sending | undefined {
    const { client } = this;
    if (!client || client.outbox.length >= maxWaiting) return undefined;
    const text = `${this.identity.id} ${(this.said += 1)}`;
    const { clientMessageId } = client.send({ conversationId, content: text });
    const { id: userId } = this.identity;
    const sending = { clientMessageId, userId, conversationId, content: text, answers: [], refusals: [] };
    this.sent.set(clientMessageId, sending);
    return sending;
  }

  /** Says again what was said, as if the answer had got lost. */
  repeat(): void {
    const { client } = this;
    const sending = this.oneOfMine();
    if (!sending || !client || this.repeats.size >= maxPending) return;
    const { clientMessageId, conversationId, content } = sending;
    const input = { clientMessageId, conversationId, content };
    const attempt = client
      .request(MessageAddDocument, { input })
      .then(({ messageAdd }) => this.answered(clientMessageId, messageAdd.message))
      .catch((error: unknown) => {
        const refusal = refusalOf(error);
        if (refusal) sending.refusals.push(refusal);
      })
      .finally(() => this.repeats.delete(attempt));
    this.repeats.add(attempt);
  }

  /** Changes one of its own messages, in one way or another. */
  change(): void {
    const sending = this.oneOfMine();
    const messageId = sending?.answers[0]?.messageId;
    if (!sending || messageId === undefined || this.changing.has(messageId)) return;
    this.changing.add(messageId);
    const done = this.changeOne(sending.conversationId, messageId, this.random.next());
    void done.finally(() => this.changing.delete(messageId));
  }

  add(conversationId: string, userId: string): void {
    const input = { groupId: conversationId, userId };
    const intent = { kind: 'membership', conversationId, subject: userId, value: true } as const;
    void this.try(intent, (client) => client.request(GroupUserAddDocument, { input }));
  }

  remove(conversationId: string, userId = this.identity.id): void {
    const input = { groupId: conversationId, userId };
    const intent = { kind: 'membership', conversationId, subject: userId, value: false } as const;
    void this.try(intent, (client) => client.request(GroupUserRemoveDocument, { input }));
  }

  /** Says that it has read what it was shown. */
  read(conversationId: string): void {
    const seq = this.placeIn(conversationId);
    if (seq === undefined) return;
    const intent = { kind: 'read', conversationId, subject: this.identity.id, value: seq } as const;
    void this.try(intent, (client) => client.request(ConversationReadDocument, { input: { conversationId, seq } }));
  }

  private changeOne(conversationId: string, messageId: string, die: number): Promise<void> {
    const about = { conversationId, subject: messageId };
    if (die < 0.3) {
      const input = { messageId, content: `changed ${die}` };
      const intent = { ...about, kind: 'edit', value: input.content } as const;
      return this.try(intent, (client) => client.request(MessageEditDocument, { input }));
    }
    if (die < 0.45) {
      const intent = { ...about, kind: 'remove', value: true } as const;
      return this.try(intent, (client) => client.request(MessageRemoveDocument, { input: { messageId } }));
    }
    const input = { messageId, emoji: '👍', on: die < 0.8 };
    const intent = { ...about, kind: 'react', value: input.on } as const;
    return this.try(intent, (client) => client.request(MessageReactDocument, { input }));
  }

  private listen(client: ChatClient): void {
    const see = (item: Parameters<typeof sightOf>[0]): void => {
      if (this.client === client) this.sights.push(sightOf(item));
    };
    client.on('event', see);
    client.on('left', (left) => see({ __typename: 'FeedLeft', ...left }));
    client.on('reset', (reset) => see({ __typename: 'FeedReset', ...reset }));
    client.on('sent', ({ clientMessageId, message }) => this.answered(clientMessageId, message));
    client.on('outbox', (outbox) => {
      for (const { status, clientMessageId, error } of outbox) {
        if (status !== 'failed') continue;
        if (error) this.sent.get(clientMessageId)?.refusals.push({ code: error.code, reason: error.reason });
        client.discard(clientMessageId);
      }
    });
  }

  /** One of its newest messages that were acknowledged. */
  private oneOfMine(): Sending | undefined {
    const mine = [...this.sent.values()].slice(-50).filter(({ answers }) => answers.length > 0);
    return mine[this.random.below(mine.length)];
  }

  private answered(clientMessageId: string, { id, seq }: { readonly id: string; readonly seq: number }): void {
    this.sent.get(clientMessageId)?.answers.push({ messageId: id, seq });
  }

  private async try(
    intent: Pick<Deed, 'kind' | 'conversationId' | 'subject' | 'value'>,
    operation: (client: ChatClient) => Promise<unknown>,
  ): Promise<void> {
    const { client } = this;
    if (!client || this.attempts.open >= maxPending) return;
    await this.attempts.make({ ...intent, actorId: this.identity.id }, () => operation(client));
  }
}
