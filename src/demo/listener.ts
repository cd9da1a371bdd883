import type { ChatClient, ChatClientEvents, ConversationEvent, Draft, Message } from '../client/index.js';

/** How long what is expected of a server may take, in milliseconds. */
const patience = 15_000;

/** Somebody who hears everything that happens in its conversations, and speaks. */
export class Listener {
  /** What came, in the order of arrival. */
  readonly entries: ConversationEvent[] = [];

  constructor(private readonly client: ChatClient) {
    client.on('event', (entry) => this.entries.push(entry));
    client.connect();
  }

  /** Nothing that happens from here on is missed. @throws Error when that takes too long */
  async ready(): Promise<void> {
    if (!(await this.until('state', () => this.client.state === 'live')))
      throw new Error('A feed did not begin in time.');
  }

  /** Whether such an entry came in time. */
  has(isExpected: (entry: ConversationEvent) => boolean): Promise<boolean> {
    return this.until('event', () => this.entries.some(isExpected));
  }

  /** @param listener hears each entry as it comes */
  onEntry(listener: (entry: ConversationEvent) => void): void {
    this.client.on('event', listener);
  }

  /** Sends a message. @returns it as the server acknowledged it @throws Error when it did not */
  async say(draft: Draft): Promise<Message> {
    const { clientMessageId } = this.client.send(draft);
    let acknowledged: Message | undefined;
    const leave = this.client.on('sent', (sent) => {
      if (sent.clientMessageId === clientMessageId) acknowledged = sent.message;
    });
    const own = () => this.client.outbox.find((message) => message.clientMessageId === clientMessageId);
    await this.until('outbox', () => own()?.status === 'failed' || own() === undefined);
    leave();
    if (!acknowledged) throw new Error(`A line was not acknowledged. ${own()?.error?.message ?? 'It took too long.'}`);
    return acknowledged;
  }

  close(): Promise<void> {
    return this.client.close();
  }

  /** Looks after each such event, as long as there is patience. */
  private until(event: keyof ChatClientEvents, isTrue: () => boolean): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (outcome: boolean): void => {
        clearTimeout(timer);
        leave();
        resolve(outcome);
      };
      const leave = this.client.on(event, () => isTrue() && end(true));
      const timer = setTimeout(() => end(isTrue()), patience);
      if (isTrue()) end(true);
    });
  }
}
