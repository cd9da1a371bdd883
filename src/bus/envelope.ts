import { deserialize, serialize } from 'bson';
import { ConversationEventType } from '../log/entry-type.js';
import type { MessagesById } from '../log/log-reader.js';
import type { EntriesAppended, BusMessage } from './messages.js';

/** What travels between processes. */
export type Envelope =
  /** `n` counts the messages of the process `from`: 1, 2, 3, ... */
  | { readonly kind: 'message'; readonly from: string; readonly n: number; readonly message: BusMessage }
  /** A sign of life; `n` is the number of the newest message. */
  | { readonly kind: 'beat'; readonly from: string; readonly n: number }
  /** The process stops. */
  | { readonly kind: 'bye'; readonly from: string; readonly n: number };

/** BSON, because entries hold dates. An entry that is a message itself travels once. */
export function encode(envelope: Envelope): Uint8Array {
  const isEntries = envelope.kind === 'message' && envelope.message.kind === 'entries';
  const sent = isEntries ? { ...envelope, message: withoutTwins(envelope.message) } : envelope;
  return serialize(sent, { ignoreUndefined: true });
}

/** Undefined for what is not an envelope. */
export function decode(bytes: Uint8Array): Envelope | undefined {
  try {
    const envelope = deserialize(bytes) as Envelope;
    if (typeof envelope.from !== 'string' || typeof envelope.n !== 'number') return undefined;
    if (envelope.kind !== 'message' || envelope.message.kind !== 'entries') return envelope;
    return { ...envelope, message: withTwins(envelope.message) };
  } catch {
    return undefined;
  }
}

function withoutTwins(message: EntriesAppended): EntriesAppended {
  const { entries, messages } = message;
  const twins = new Set(entries.filter((entry) => messages[entry.id] === entry).map((entry) => entry.id));
  return { ...message, messages: Object.fromEntries(Object.entries(messages).filter(([id]) => !twins.has(id))) };
}

function withTwins(message: EntriesAppended): EntriesAppended {
  const added = message.entries.filter(({ type }) => type === ConversationEventType.MESSAGE_ADDED);
  const twins: MessagesById = Object.fromEntries(added.map((entry) => [entry.id, entry]));
  return { ...message, messages: { ...twins, ...message.messages } };
}
