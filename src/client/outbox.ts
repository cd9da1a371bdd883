import { MessageAddDocument, MessageReplyDocument } from '../generated/operations.js';
import { type ChatRequestError, mayPass, requestErrorOf } from './errors.js';
import { OutboxItems } from './outbox-items.js';
import { Pauses } from './pauses.js';
import type { Requests } from './requests.js';
import type { ClientStorage } from './storage.js';
import type { ChatClientEvents, ConversationEvent, Draft, Message, OutgoingMessage } from './types.js';

export interface OutboxHands {
  readonly requests: Requests;
  readonly storage: ClientStorage;
  readonly emit: <E extends 'sent' | 'outbox'>(event: E, payload: ChatClientEvents[E]) => void;
  /** The server does not know who is sending. */
  readonly signedOut: () => void;
}

/**
 * Messages on their way. Those of one conversation go one after the other, each with an id of its own that stays the same
 * however often it is sent, so that the server keeps it once.
 */
export class Outbox {
  readonly items: OutboxItems;
  /** While there is a connection; aborted, what is under way has an unknown outcome and is sent again. */
  private connection: AbortController | undefined;
  private readonly pauses = new Pauses(() => this.changed());

  constructor(private readonly hands: OutboxHands) {
    this.items = new OutboxItems(hands.storage);
  }

  /** From here on messages are sent. */
  open(): void {
    this.connection ??= new AbortController();
    this.pauses.clear();
    if (this.next().length > 0) this.changed();
  }

  /** Sends nothing any more. */
  shut(): void {
    this.pauses.clear();
    this.connection?.abort();
    this.connection = undefined;
  }

  send(draft: Draft): OutgoingMessage {
    const message = this.items.add(draft);
    this.changed();
    return message;
  }

  retry(clientMessageId: string): void {
    const message = this.items.find(clientMessageId);
    if (message?.status !== 'failed') return;
    this.items.put({ ...message, status: 'waiting', error: undefined });
    this.changed();
  }

  discard(clientMessageId: string): void {
    if (this.items.remove(clientMessageId)) this.changed();
  }

  /** A message that stands in the log has arrived, whatever becomes of its answer. */
  seen({ type, message }: ConversationEvent): void {
    if (type !== 'MESSAGE_ADDED' || message?.clientMessageId == null) return;
    // Others may use the same id, but nobody can before it stands in its own conversation.
    const own = this.items.find(message.clientMessageId);
    if (own?.conversationId === message.conversationId) this.arrived(own, message);
  }

  /** Tells of the outbox as it is, and sends what can be sent. */
  private changed(): void {
    const begun = this.begin();
    this.hands.emit('outbox', this.items.all);
    for (const message of begun) void this.attempt(message);
  }

  /** Takes what can be sent. What another tab has taken out of the storage is none of ours any more. */
  private begin(): OutgoingMessage[] {
    if (!this.connection) return [];
    for (;;) {
      const next = this.next();
      const gone = next.filter((message) => !this.items.isStored(message));
      gone.forEach(({ clientMessageId }) => this.items.remove(clientMessageId));
      if (gone.length > 0) continue;
      next.forEach((message) => this.items.put({ ...message, status: 'sending', heldBy: undefined }));
      return next;
    }
  }

  private next(): OutgoingMessage[] {
    return this.items.next((conversationId) => this.pauses.holds(conversationId));
  }

  private async attempt(message: OutgoingMessage): Promise<void> {
    const outcome = await this.deliver(message, this.connection?.signal).catch(requestErrorOf);
    if (outcome instanceof Error) {
      this.failed(message, outcome);
      return;
    }
    this.pauses.succeeded(message.conversationId);
    this.arrived(message, outcome);
  }

  private async deliver(
    { clientMessageId, conversationId, content, replyToId }: OutgoingMessage,
    signal: AbortSignal | undefined,
  ): Promise<Message> {
    const { requests } = this.hands;
    if (replyToId === undefined) {
      const input = { clientMessageId, conversationId, content };
      return (await requests.run(MessageAddDocument, { input }, signal)).messageAdd.message;
    }
    const input = { clientMessageId, messageId: replyToId, content };
    return (await requests.run(MessageReplyDocument, { input }, signal)).messageReply.message;
  }

  /** Its answer, or the log, says that it is stored; whichever comes first is told. */
  private arrived({ clientMessageId }: OutgoingMessage, message: Message): void {
    if (this.items.remove(clientMessageId)) this.hands.emit('sent', { clientMessageId, message });
    this.changed();
  }

  private failed(message: OutgoingMessage, error: ChatRequestError): void {
    const isThere = this.items.find(message.clientMessageId) !== undefined;
    if (mayPass(error) || error.code === 'UNAUTHENTICATED') {
      if (isThere) this.items.put({ ...message, status: 'waiting', heldBy: error.code });
      this.pause(error, message.conversationId);
    } else if (isThere) {
      const { code, message: text, reason } = error;
      this.items.put({ ...message, status: 'failed', error: { code, message: text, reason } });
    }
    this.changed();
  }

  /** What hinders one send hinders them all, unless the server has trouble with this conversation only. */
  private pause(error: ChatRequestError, conversationId: string): void {
    if (error.code === 'UNAUTHENTICATED') this.hands.signedOut();
    if (!this.connection) return;
    this.pauses.begin(isOfOneConversation(error) ? conversationId : undefined, error.retryAfter);
  }
}

/** Whether sends to other conversations may succeed all the same. */
function isOfOneConversation({ code, reason }: ChatRequestError): boolean {
  return code === 'INTERNAL' || reason === 'BUSY';
}
