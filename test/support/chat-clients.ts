import { WebSocket } from 'ws';
import {
  type ChatClient,
  type ChatClientEvents,
  type ChatClientOptions,
  createChatClient,
} from '../../src/client/index.js';
import { eventually } from './eventually.js';

/** A client of the library, with everything that it has told. */
export interface RecordedClient extends ChatClient {
  /** In the order of arrival: `TYPE seq` for an entry, the name of the event for what the feed says beside. */
  readonly told: string[];
  readonly events: ChatClientEvents['event'][];
  readonly sentMessages: ChatClientEvents['sent'][];
  readonly states: ChatClientEvents['state'][];
  readonly resets: ChatClientEvents['reset'][];
  /** Connects, and waits until it is live. */
  live(): Promise<void>;
}

const open: ChatClient[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((client) => client.close()));
});

/** A client that is closed with the test. @param person whose token it has, and of which server */
export function chatClient(
  { url, token }: { readonly url: string; readonly token?: string },
  options: ChatClientOptions = {},
): RecordedClient {
  const client = createChatClient({ url, token, webSocketImpl: WebSocket, ...options });
  open.push(client);
  return record(client);
}

function record(client: ChatClient): RecordedClient {
  const recorded = Object.assign(client as RecordedClient, {
    told: [],
    events: [],
    sentMessages: [],
    states: [],
    resets: [],
    live: async () => {
      client.connect();
      await eventually(() => expect(client.state).toBe('live'));
    },
  });
  client.on('event', (event) => {
    recorded.events.push(event);
    recorded.told.push(`${event.type} ${event.seq}`);
  });
  client.on('caughtUp', () => recorded.told.push('caughtUp'));
  client.on('left', () => recorded.told.push('left'));
  client.on('reset', (reset) => {
    recorded.told.push('reset');
    recorded.resets.push(reset);
  });
  client.on('sent', (sent) => recorded.sentMessages.push(sent));
  client.on('state', (state) => recorded.states.push(state));
  return recorded;
}

/** The contents of the messages that a client was told of, in the order of arrival. */
export function contentsOf({ events }: RecordedClient): string[] {
  return events.flatMap(({ type, message }) => (type === 'MESSAGE_ADDED' ? [message?.content ?? ''] : []));
}
