import { parseMessage, type Message } from 'graphql-ws';

/** Characters of the name that a client gives an operation; it is kept as long as the operation runs. */
const maxIdLength = 256;

/** A message of the protocol graphql-transport-ws, or undefined when the text is none. */
export function readMessage(data: Buffer): Message | undefined {
  try {
    const message = parseMessage(data.toString());
    return 'id' in message && message.id.length > maxIdLength ? undefined : message;
  } catch {
    return undefined;
  }
}
