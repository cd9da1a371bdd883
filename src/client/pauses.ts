import { Alarm, backOff } from './backoff.js';

/** Stands for everything, beside the ids of conversations. */
const everything = '';

interface Pause {
  failures: number;
  readonly alarm: Alarm;
}

/** What waits before it is tried again: the sends of one conversation, or all of them; each time longer. */
export class Pauses {
  private readonly byId = new Map<string, Pause>();

  /** @param over is called after every pause */
  constructor(private readonly over: () => void) {}

  /** Whether the sends of a conversation wait; those of one that nobody has paused wait only with all others. */
  holds(conversationId: string): boolean {
    return [everything, conversationId].some((id) => this.byId.get(id)?.alarm.isSet);
  }

  /**
   * Something has failed once more.
   * @param conversationId whose sends wait; all of them without it
   * @param retryAfter seconds, where the server says how long
   */
  begin(conversationId = everything, retryAfter?: number): void {
    const pause = this.byId.get(conversationId) ?? { failures: 0, alarm: new Alarm(this.over) };
    this.byId.set(conversationId, pause);
    pause.failures += 1;
    pause.alarm.set(backOff(pause.failures, retryAfter));
  }

  /** A send of this conversation has succeeded: its next pause, and that of all, is a short one again. */
  succeeded(conversationId: string): void {
    for (const id of [everything, conversationId]) if (!this.byId.get(id)?.alarm.isSet) this.byId.delete(id);
  }

  /** Nothing waits any more. */
  clear(): void {
    for (const { alarm } of this.byId.values()) alarm.stop();
    this.byId.clear();
  }
}
