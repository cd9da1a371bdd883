import { randomUUID } from 'node:crypto';
import { build, type Histogram } from 'hdr-histogram-js';
import { ConversationEventsDocument, MessageAddDocument } from '../../src/generated/operations.js';
import type { LoadPerson } from './people.js';

/** Somebody and the conversations that it sends to in turn. */
export interface Sender {
  readonly person: LoadPerson;
  readonly conversationIds: readonly string[];
}

export interface SendPlan {
  readonly senders: readonly Sender[];
  readonly seconds: number;
  /** Sends of one socket that are under way at once. */
  readonly window: number;
}

/** What was sent and how long each acknowledgement took. */
export interface SendReport {
  readonly perSecond: number;
  /** Microseconds from a send to its acknowledgement. */
  readonly latencies: Histogram;
  /** The clientMessageIds of acknowledged sends, by conversation. */
  readonly acknowledged: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Sends as fast as acknowledgements come, for a time. */
export async function sendForAWhile({ senders, seconds, window }: SendPlan): Promise<SendReport> {
  const latencies = build({ lowestDiscernibleValue: 1, highestTrackableValue: 60_000_000 });
  const acknowledged = new Map(senders.flatMap((s) => s.conversationIds).map((id) => [id, new Set<string>()]));
  const began = performance.now();
  const end = began + seconds * 1_000;
  const sendInTurn = async ({ person, conversationIds }: Sender, first: number): Promise<void> => {
    for (let turn = first; performance.now() < end; turn += window) {
      const conversationId = conversationIds[turn % conversationIds.length] ?? '';
      const clientMessageId = randomUUID();
      const input = {
        conversationId,
        clientMessageId,
        content: `Message ${turn} of this sender, as long as many are.`,
      };
      const sentAt = performance.now();
      await person.socket.run(MessageAddDocument, { input });
      latencies.recordValue(Math.max(1, Math.round((performance.now() - sentAt) * 1_000)));
      acknowledged.get(conversationId)?.add(clientMessageId);
    }
  };
  const lanes = Array.from({ length: window }, (_nothing, lane) => lane);
  await Promise.all(senders.flatMap((sender) => lanes.map((lane) => sendInTurn(sender, lane))));
  return { perSecond: (latencies.totalCount / (performance.now() - began)) * 1_000, latencies, acknowledged };
}

/**
 * Reads every conversation back.
 * @returns how many acknowledged sends were found
 * @throws Error unless each was found exactly once and the log has no hole
 */
export async function findAll({ senders }: SendPlan, { acknowledged }: SendReport): Promise<number> {
  let found = 0;
  for (const [conversationId, expected] of acknowledged) {
    const reader = senders.find((sender) => sender.conversationIds.includes(conversationId));
    const stored = reader ? await messageIdsOf(reader.person, conversationId) : [];
    assertEachOnce(expected, stored);
    found += expected.size;
  }
  return found;
}

/**
 * Holds what is stored against what was acknowledged. What is stored without an acknowledgement may be there once.
 * @throws Error when an acknowledged send is not there, or any is there twice
 */
export function assertEachOnce(acknowledged: ReadonlySet<string>, stored: readonly string[]): void {
  const distinct = new Set(stored);
  const lost = [...acknowledged].filter((id) => !distinct.has(id)).length;
  if (lost > 0) throw new Error(`${lost} acknowledged sends are not in their conversation.`);
  const doubled = stored.length - distinct.size;
  if (doubled > 0) throw new Error(`${doubled} sends are stored twice.`);
}

/** The clientMessageIds of all messages of a conversation. */
async function messageIdsOf({ socket }: LoadPerson, conversationId: string): Promise<string[]> {
  const ids: string[] = [];
  for (let seq = 0; ;) {
    const { conversationEvents } = await socket.run(ConversationEventsDocument, {
      conversationId,
      after: seq,
      first: 200,
    });
    for (const event of conversationEvents.events) {
      if (event.seq !== seq + 1) throw new Error(`Entry ${seq + 1} is missing in conversation ${conversationId}.`);
      seq = event.seq;
      if (event.message?.clientMessageId != null) ids.push(event.message.clientMessageId);
    }
    if (!conversationEvents.hasMore) return ids;
  }
}
