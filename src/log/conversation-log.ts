import type { Bus } from '../bus/bus.js';
import type { EntriesAppended } from '../bus/messages.js';
import type { Collections } from '../database/database.js';
import { AppendQueue, type QueueTools } from './append-queue.js';
import type { Appended, AppendRequest } from './append-request.js';
import type { ConversationState } from './conversation-state.js';
import { foldEntry } from './conversation-state.js';
import { ConversationEventType } from './entry-type.js';
import { LogReader } from './log-reader.js';
import { LogWriter } from './log-writer.js';
import { recentCache } from '../recent-cache.js';

/** Conversations whose state this process remembers. */
const rememberedStates = 10_000;

/** The ordered log of every conversation: the one place through which anything durable is said. */
export class ConversationLog {
  readonly reader: LogReader;
  private readonly queues = new Map<string, AppendQueue>();
  private readonly states = recentCache<ConversationState>(rememberedStates);
  private readonly tools: QueueTools;

  /** @param onStored hears how many messages were stored */
  constructor(collections: Collections, bus: Bus, onStored: (messages: number) => void = () => undefined) {
    this.reader = new LogReader(collections);
    this.tools = {
      reader: this.reader,
      writer: new LogWriter(collections),
      states: this.states,
      publish: (conversationId, entries, messages) => {
        onStored(entries.filter(({ type }) => type === ConversationEventType.MESSAGE_ADDED).length);
        bus.publish({ kind: 'entries', conversationId, entries, messages });
      },
      hint: (conversationId) => bus.publish({ kind: 'hint', conversationId }),
    };
    bus.subscribe((message) => {
      if (message.kind === 'entries') this.learn(message);
    });
  }

  /**
   * Appends what the request decides, in turn with everything else that is said in the conversation.
   * @throws ChatError what `decide` throws; NOT_FOUND without such a conversation; CONFLICT for a reused
   * clientMessageId; UNAVAILABLE when there is no place within 5 s
   */
  async append(request: AppendRequest): Promise<Appended> {
    const { conversationId } = request;
    let queue = this.queues.get(conversationId);
    if (!queue) {
      queue = new AppendQueue(conversationId, this.tools, () => this.queues.delete(conversationId));
      this.queues.set(conversationId, queue);
    }
    return queue.add(request);
  }

  /** Ends when everything that was asked has been answered. */
  async stop(): Promise<void> {
    await Promise.all([...this.queues.values()].map((queue) => queue.drained()));
  }

  /** Takes in what another process appended; a state that missed something is forgotten. */
  private learn({ conversationId, entries }: EntriesAppended): void {
    const state = this.states.peek(conversationId);
    if (!state || this.queues.has(conversationId)) return;
    for (const entry of entries) {
      if (entry.seq > state.seq + 1) this.states.delete(conversationId);
      else foldEntry(state, entry);
    }
  }
}
