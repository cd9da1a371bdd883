import { ConversationEventsDocument, ConversationFeedDocument } from '../generated/operations.js';
import { Alarm, backOff } from './backoff.js';
import { Emitter } from './emitter.js';
import { requestErrorOf } from './errors.js';
import { FeedReader } from './feed-reader.js';
import { readHeads } from './heads.js';
import { LiveViews } from './live-views.js';
import { onNetworkChange } from './network.js';
import { Outbox } from './outbox.js';
import { Positions } from './positions.js';
import { originOf, Requests } from './requests.js';
import { type Ending, Session } from './session.js';
import type { ChatClient, ChatClientEvents, ChatClientOptions, ConnectionState } from './types.js';

const pageSize = 200;

/** @throws Error when the address is none */
export function createChatClient(options: ChatClientOptions = {}): ChatClient {
  return new Chat(originOf(options.url), options);
}

/** One try to be connected: from looking where to begin to the end of its socket. */
interface Attempt {
  session?: Session;
  reader?: FeedReader;
}

class Chat implements ChatClient {
  private currentState: ConnectionState = 'closed';
  private attempt: Attempt | undefined;
  private failures = 0;
  private readonly emitter = new Emitter<ChatClientEvents>();
  private readonly requests: Requests;
  private readonly positions: Positions;
  private readonly box: Outbox;
  private readonly views = new LiveViews();
  private readonly nextTry = new Alarm(() => this.begin());
  private ignoreNetwork: () => void = () => undefined;

  constructor(
    private readonly origin: string,
    private readonly options: ChatClientOptions,
  ) {
    const storage = options.storage ?? new Map<string, string>();
    this.requests = new Requests(origin, options);
    this.positions = new Positions(storage, options.knownAtStart);
    this.box = new Outbox({
      requests: this.requests,
      storage,
      emit: (event, payload) => this.emitter.emit(event, payload),
      signedOut: () => this.finish(this.attempt, 'signed-out'),
    });
    this.emitter.on('event', (entry) => this.box.seen(entry));
  }

  get state(): ConnectionState {
    return this.currentState;
  }

  get known(): ReadonlyMap<string, number> {
    return this.positions.bySeq;
  }

  get outbox() {
    return this.box.items.all;
  }

  request: ChatClient['request'] = (document, variables) => this.requests.run(document, variables);

  // eslint-disable-next-line max-params -- the interface says why
  subscribe: ChatClient['subscribe'] = (document, variables, onData, onError) =>
    this.views.add({ document, variables, onData, onError });

  send: ChatClient['send'] = (draft) => this.box.send(draft);

  retry: ChatClient['retry'] = (clientMessageId) => this.box.retry(clientMessageId);

  discard: ChatClient['discard'] = (clientMessageId) => this.box.discard(clientMessageId);

  on: ChatClient['on'] = (event, listener) => this.emitter.on(event, listener);

  connect(): void {
    if (this.state !== 'closed' && this.state !== 'signed-out') return;
    if (this.options.webSocketImpl === undefined && typeof WebSocket === 'undefined') {
      throw new Error(
        'This program has no WebSocket. Give it one: createChatClient({ webSocketImpl: WebSocket }) with the class of "ws".',
      );
    }
    this.ignoreNetwork();
    this.ignoreNetwork = onNetworkChange({
      online: () => this.nextTry.isSet && this.nextTry.ringNow(),
      offline: () => this.finish(this.attempt, 'lost'),
    });
    this.failures = 0;
    this.begin();
    this.become('connecting');
  }

  close(): Promise<void> {
    this.ignoreNetwork();
    this.nextTry.stop();
    this.leave();
    this.positions.saveNow();
    this.become('closed');
    return Promise.resolve();
  }

  private begin(): void {
    const attempt: Attempt = {};
    this.attempt = attempt;
    this.open(attempt).catch((error: unknown) => {
      this.finish(attempt, requestErrorOf(error).code === 'UNAUTHENTICATED' ? 'signed-out' : 'lost');
    });
  }

  private async open(attempt: Attempt): Promise<void> {
    if (!this.positions.isStarted) {
      const heads = await readHeads(this.requests);
      if (this.attempt !== attempt) return;
      this.positions.start(heads);
    }
    const { token, webSocketImpl } = this.options;
    const session = new Session(
      { origin: this.origin, token, webSocketImpl },
      { connected: () => this.connected(attempt), ended: (ending) => this.finish(attempt, ending) },
    );
    attempt.session = session;
    attempt.reader = this.read(attempt);
    this.follow(session, attempt.reader);
    this.views.attach(session);
  }

  private follow(session: Session, reader: FeedReader): void {
    session.subscribe(
      ConversationFeedDocument,
      { known: this.positions.known },
      {
        next: ({ conversationFeed }) => reader.take(conversationFeed),
        ended: (error) => session.end(error?.code === 'UNAUTHENTICATED' ? 'signed-out' : 'lost'),
      },
    );
  }

  private read(attempt: Attempt): FeedReader {
    return new FeedReader({
      positions: this.positions,
      onReset: this.options.onReset ?? 'replay',
      page: async (range, signal) => {
        const variables = { ...range, first: pageSize };
        return (await this.requests.run(ConversationEventsDocument, variables, signal)).conversationEvents;
      },
      emit: (event, payload) => {
        if (event === 'caughtUp') this.caughtUp();
        this.emitter.emit(event, payload);
      },
      fail: () => this.finish(attempt, 'lost'),
    });
  }

  private connected(attempt: Attempt): void {
    if (this.attempt !== attempt) return;
    this.become('connecting');
    // A listener may have closed the client.
    if (this.attempt === attempt) this.box.open();
  }

  private caughtUp(): void {
    this.failures = 0;
    this.become('live');
  }

  /** An attempt is over. Its end is heard once. */
  private finish(attempt: Attempt | undefined, ending: Ending): void {
    if (!attempt || this.attempt !== attempt) return;
    this.leave();
    if (ending === 'signed-out') {
      this.become('signed-out');
      return;
    }
    this.failures += 1;
    this.nextTry.set(backOff(this.failures));
    this.become('offline');
  }

  private leave(): void {
    const { session, reader } = this.attempt ?? {};
    this.attempt = undefined;
    this.box.shut();
    this.views.detach();
    reader?.close();
    session?.end('lost');
  }

  private become(state: ConnectionState): void {
    if (this.currentState === state) return;
    this.currentState = state;
    this.emitter.emit('state', state);
  }
}
