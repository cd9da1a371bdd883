import { CloseCode, MessageType, type Message } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { Actor } from '../auth/actor.js';
import type { Authenticate } from '../auth/authenticate.js';
import type { Caller, Context } from '../graphql/context.js';
import type { Contexts } from '../graphql/contexts.js';
import type { Executor } from '../graphql/executor.js';
import { logHiddenErrors } from '../graphql/present-error.js';
import type { Logger } from '../observability/logger.js';
import { closeCodes, type LiveSocket, type LiveSockets } from './live-sockets.js';
import { maxBufferedBytes, type Reader, type SlowReaders } from './slow-readers.js';
import { readMessage } from './ws-message.js';
import { WsOperations, type Wire } from './ws-operations.js';

/** The largest frame of a socket without identity, in bytes. */
const maxAnonymousBytes = 8_192;
/** What running operations get to be answered when their socket ends, in milliseconds. */
const answerPatience = 1_500;
/** A peer that does not answer the closing handshake is dropped after this, in milliseconds. */
const closingPatience = 5_000;

/** What all connections share. */
export interface WsServices {
  readonly executor: Executor;
  readonly contexts: Contexts;
  readonly authenticate: Authenticate;
  readonly liveSockets: LiveSockets;
  readonly slowReaders: SlowReaders;
  readonly logger: Logger;
}

/** What the upgrade request told of a socket. */
export interface WsOrigin {
  readonly caller: Caller;
  /** From the Authorization header or the cookie. */
  readonly token: string | undefined;
}

/**
 * One socket of the protocol graphql-transport-ws
 * (https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md). A socket without a token is anonymous and may
 * call public fields. It stays so, also after a log-in that runs over it.
 */
export class WsConnection implements LiveSocket, Reader, Wire {
  /** Whether the peer has been heard of since the last ping. */
  isAlive = true;
  private phase: 'opened' | 'authenticating' | 'ready' | 'ending' | 'closed' = 'opened';
  private goodbye: readonly [code: number, reason: string] | undefined;
  private actor: Actor | undefined;
  readonly caller: Caller;
  private token: string | undefined;
  private readonly identityTimer: NodeJS.Timeout;
  /** Operations that it was asked for. */
  private calls = 0;
  private readonly operations: WsOperations;

  /** @param initWait milliseconds until a socket that has not said who it is is closed */
  constructor(
    private readonly socket: WebSocket,
    private readonly services: WsServices,
    { origin, initWait }: { readonly origin: WsOrigin; readonly initWait: number },
  ) {
    this.caller = origin.caller;
    this.token = origin.token;
    this.operations = new WsOperations(this, services.executor);
    this.identityTimer = setInterval(() => this.askIdentity(), initWait);
  }

  get bufferedAmount(): number {
    return this.socket.bufferedAmount;
  }

  receive(data: Buffer, isBinary: boolean): void {
    this.isAlive = true;
    if (this.phase === 'ending' || this.phase === 'closed') return;
    if (!this.actor && data.length > maxAnonymousBytes) {
      this.close(closeCodes.tooBig, `Before log-in a frame has at most ${maxAnonymousBytes} bytes`);
      return;
    }
    const message = isBinary ? undefined : readMessage(data);
    if (message) this.take(message);
    else this.close(CloseCode.BadRequest, 'Invalid message received');
  }

  nextCaller(): Caller {
    this.calls += 1;
    return { ...this.caller, requestId: `${this.caller.requestId ?? ''}.${this.calls}` };
  }

  contextOf(caller: Caller): Context {
    return this.services.contexts.forCall(caller, this.actor);
  }

  hasRoom(): boolean {
    if (this.bufferedAmount < maxBufferedBytes) return true;
    this.services.slowReaders.watch(this);
    return false;
  }

  send(message: string | Buffer): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    this.socket.send(message, { binary: false });
    if (!this.hasRoom()) this.regulate();
  }

  /** Reads on only while the peer takes its answers and not too much of what it asked is under way. */
  regulate(): void {
    if (this.phase === 'closed') return;
    const holdBack = this.operations.isBusy || this.services.slowReaders.has(this);
    if (holdBack !== this.socket.isPaused) this.socket[holdBack ? 'pause' : 'resume']();
  }

  drained(): void {
    this.regulate();
    this.operations.resume();
  }

  cut(): void {
    this.close(closeCodes.slowReader, 'Slow reader');
  }

  /** Ends every stream at once, and the socket as soon as what it runs has been answered: a log-out gets its answer. */
  end(code: number, reason: string): void {
    if (this.phase === 'ending' || this.phase === 'closed') return;
    this.phase = 'ending';
    this.goodbye = [code, reason];
    this.operations.closeAllButRunning();
    this.leave();
    this.closeWhenIdle(answerPatience);
  }

  /**
   * The server stops: whatever comes from here on is refused with an answer, and the socket ends with 1001 as soon as
   * what it runs has been answered.
   */
  drain(patienceMs: number): void {
    if (this.phase === 'ending' || this.phase === 'closed') return;
    this.goodbye = [closeCodes.goingAway, 'Going away'];
    this.operations.stopTaking();
    this.leave();
    this.closeWhenIdle(patienceMs);
  }

  idle(): void {
    if (this.goodbye) this.close(...this.goodbye);
  }

  private closeWhenIdle(patienceMs: number): void {
    if (this.operations.isIdle) this.idle();
    else setTimeout(() => this.idle(), patienceMs).unref();
  }

  close(code: number, reason: string): void {
    if (this.phase === 'closed') return;
    this.dispose();
    this.socket.resume();
    this.socket.close(code, reason);
    setTimeout(() => this.socket.terminate(), closingPatience).unref();
  }

  /** Leaves everything; the socket has closed or is about to. */
  dispose(): void {
    if (this.phase === 'closed') return;
    this.phase = 'closed';
    clearInterval(this.identityTimer);
    this.operations.closeAll();
    this.services.slowReaders.forget(this);
    this.leave();
  }

  /** Asks whether the peer is there; drops it when it has not answered the last time. A slow reader cannot answer. */
  ping(): void {
    if (this.services.slowReaders.has(this)) return;
    if (!this.isAlive) this.socket.terminate();
    this.isAlive = false;
    this.socket.ping();
  }

  private take(message: Message): void {
    switch (message.type) {
      case MessageType.ConnectionInit:
        void this.introduce(message.payload?.token);
        break;
      case MessageType.Ping:
        this.send(JSON.stringify({ type: MessageType.Pong, payload: message.payload }));
        break;
      case MessageType.Pong:
        break;
      case MessageType.Subscribe:
        if (this.phase !== 'ready') this.close(CloseCode.Unauthorized, 'Unauthorized');
        else if (this.operations.has(message.id))
          this.close(CloseCode.SubscriberAlreadyExists, 'Subscriber for this id already exists');
        else this.operations.start(message.id, message.payload);
        break;
      case MessageType.Complete:
        this.operations.cancel(message.id);
        break;
      default:
        this.close(CloseCode.BadRequest, 'Invalid message received');
    }
  }

  private async introduce(given: unknown): Promise<void> {
    if (this.phase !== 'opened') {
      this.close(CloseCode.TooManyInitialisationRequests, 'Too many initialisation requests');
      return;
    }
    this.phase = 'authenticating';
    const token = given ?? this.token;
    this.token = undefined;
    try {
      const actor = typeof token === 'string' ? await this.services.authenticate(token) : undefined;
      this.welcome(actor, token === undefined);
    } catch (error) {
      logHiddenErrors(this.services.logger, [error], this.caller);
      this.close(closeCodes.tryAgainLater, 'Nobody can be logged in at the moment');
    }
  }

  private welcome(actor: Actor | undefined, isAnonymous: boolean): void {
    if (this.phase !== 'authenticating') return;
    if (actor ? !this.services.liveSockets.add(actor, this) : !isAnonymous) {
      this.close(CloseCode.Forbidden, 'Forbidden');
      return;
    }
    this.actor = actor;
    this.phase = 'ready';
    if (actor) clearInterval(this.identityTimer);
    else this.identityTimer.refresh();
    this.send(JSON.stringify({ type: MessageType.ConnectionAck }));
  }

  private leave(): void {
    if (this.actor) this.services.liveSockets.remove(this.actor, this);
  }

  /** Nobody stays without saying who it is; what an anonymous socket has asked is answered first. */
  private askIdentity(): void {
    if (this.phase === 'authenticating' || !this.operations.isIdle) return;
    this.close(CloseCode.ConnectionInitialisationTimeout, 'Connection initialisation timeout');
  }
}
