import type { ChatClient } from '../../../client/index.js';
import { ConversationReadDocument, type ReceiptKind } from '../../../generated/operations.js';
import type { Row } from './types.js';

/** Pause between two marks of one kind in one conversation, in milliseconds. */
const pause = 700;

interface Mark {
  readonly conversationId: string;
  readonly receipt: ReceiptKind;
  seq: number;
}

/** Tells the server how far things have arrived and been read: at once, then gathered. */
export class Marks {
  private readonly waiting = new Map<string, Mark>();
  private readonly told = new Map<string, number>();

  constructor(
    private readonly client: ChatClient,
    private readonly onRow: (row: Row) => void,
  ) {}

  delivered(conversationId: string, seq: number): void {
    this.mark({ conversationId, seq, receipt: 'DELIVERED' });
  }

  read(conversationId: string, seq: number): void {
    this.mark({ conversationId, seq, receipt: 'READ' });
  }

  private mark({ conversationId, seq, receipt }: Mark): void {
    const key = `${receipt}:${conversationId}`;
    if (seq <= (this.told.get(key) ?? 0)) return;
    const waiting = this.waiting.get(key);
    if (waiting) {
      waiting.seq = Math.max(waiting.seq, seq);
      return;
    }
    this.waiting.set(key, { conversationId, receipt, seq });
    setTimeout(() => void this.tell(key), receipt === 'READ' ? 150 : pause);
  }

  private async tell(key: string): Promise<void> {
    const mark = this.waiting.get(key);
    this.waiting.delete(key);
    if (!mark) return;
    try {
      const { conversationRead } = await this.client.request(ConversationReadDocument, { input: { ...mark } });
      this.told.set(key, mark.seq);
      if (mark.receipt === 'READ') this.onRow(conversationRead.conversation);
    } catch {
      // A mark that did not arrive is told with the next one.
    }
  }
}
