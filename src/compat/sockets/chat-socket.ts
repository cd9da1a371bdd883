import type { Socket } from 'socket.io';
import type { Executor } from '../../graphql/executor.js';
import { presentError } from '../../graphql/present-error.js';
import { closeCodes, type LiveSocket, type LiveSockets } from '../../http/live-sockets.js';
import type { SlowReaders } from '../../http/slow-readers.js';
import { httpStatusByCode, unavailable } from '../../errors.js';
import { failure, isSuccess, isTrouble, type Answer, type Success } from '../answer.js';
import { isStream, type Asker, type Operations } from '../operations.js';
import { oldConversation, oldUser } from '../envelope.js';
import { Echoes } from './echoes.js';
import type { Frame, Frames } from './frames.js';
import { failureEvent, type RowsByEvent, SocketRequests, type SocketRequest } from './requests.js';
import { PushStreams, type PushTarget } from './streams.js';
import { Wire } from './wire.js';

/** What running requests get to be answered when their socket ends, in milliseconds. */
const answerPatience = 1_500;
/** Own pushes that may wait for the sends under way. */
const maxWaiting = 100;

/** What all sockets share. */
export interface ChatSocketServices {
  readonly operations: Operations;
  readonly executor: Executor;
  readonly rows: RowsByEvent;
  readonly frames: Frames;
  readonly liveSockets: LiveSockets;
  readonly slowReaders: SlowReaders;
}

/**
 * One Socket.IO client, of the present or of old. Without identity it may register, log in and answer pings. It keeps
 * the identity it was opened with.
 */
export class ChatSocket implements LiveSocket, PushTarget {
  private readonly wire: Wire;
  private readonly requests: SocketRequests;
  private readonly streams: PushStreams;
  private readonly echoes: Echoes;
  private phase: 'opened' | 'ending' | 'closed' = 'opened';
  /** Settles when what the socket is told unasked has its place. */
  private ready: Promise<void> = Promise.resolve();
  /** Requests so far. */
  private asked = 0;
  /** Whether the first list of conversations is still to be sent; who asks meanwhile gets that one. */
  private owesList = false;

  constructor(
    private readonly socket: Socket,
    private readonly services: ChatSocketServices,
    readonly asker: Asker,
  ) {
    this.wire = new Wire(socket, asker.caller, {
      slowReaders: services.slowReaders,
      onDrained: () => this.streams.resume(),
    });
    this.requests = new SocketRequests(services.rows, this.wire, (request) => this.perform(request));
    this.streams = new PushStreams(services, this);
    this.echoes = new Echoes(this.userId, (frame) => this.wire.write(frame));
  }

  /** Of what the server runs for the socket by itself. */
  get unasked(): Asker {
    return { ...this.asker, caller: { ...this.asker.caller, isUnasked: true } };
  }

  get userId(): string {
    return this.asker.actor?.userId ?? '';
  }

  /** Begins to listen and to tell. */
  start(): void {
    const { actor } = this.asker;
    this.socket.use((packet) => void this.requests.take(packet));
    this.socket.on('disconnect', () => this.dispose());
    if (!actor) return;
    if (!this.services.liveSockets.add(actor, this)) {
      this.socket.disconnect(true);
      return;
    }
    this.owesList = true;
    this.ready = this.welcome();
  }

  hasRoom(): boolean {
    return this.echoes.waiting < maxWaiting && this.wire.hasRoom();
  }

  take(frame: Frame): void {
    if (this.phase === 'opened') this.echoes.take(frame);
  }

  /** A client that comes back asks for what it missed; one that stayed would not know. */
  broken(errors: Parameters<PushTarget['broken']>[0]): void {
    this.turnAway(failure(errors[0] ?? presentError(undefined)));
  }

  /** Ends every stream at once, and the socket as soon as what it runs has been answered. */
  end(code: number): void {
    if (this.phase !== 'opened') return;
    this.phase = 'ending';
    this.streams.close();
    this.leave();
    const part = (): void => this.part(code === closeCodes.sessionEnded);
    const timer = setTimeout(part, answerPatience).unref();
    this.requests.idle(() => {
      clearTimeout(timer);
      // The answer leaves first.
      setImmediate(part);
    });
  }

  /** Clients come back by themselves when they lose their connection, and stay away when they are disconnected. */
  private part(isForGood: boolean): void {
    if (isForGood) this.socket.disconnect(true);
    else this.socket.conn.close();
  }

  private dispose(): void {
    if (this.phase === 'closed') return;
    this.phase = 'closed';
    this.streams.close();
    this.wire.forget();
    this.leave();
    // A client may leave the namespace and keep the connection, on which nobody would be any more.
    this.socket.conn.close();
  }

  private leave(): void {
    if (this.asker.actor) this.services.liveSockets.remove(this.asker.actor, this);
  }

  /** The order of old: `userInfo` twice, the list; then the person. */
  private async welcome(): Promise<void> {
    const { operations } = this.services;
    const opened = await this.streams.open();
    if (typeof opened !== 'function') {
      this.turnAway(opened);
      return;
    }
    const [list, person] = await Promise.all([
      operations.run(operations.row('conversation list'), {}, this.asker),
      operations.run(operations.row('user data'), {}, this.unasked),
    ]);
    this.owesList = false;
    const refused = [list, person].find((answer) => !isSuccess(answer));
    if (refused) this.turnAway(refused);
    else if (this.phase === 'opened') this.greet(list as Success, person as Success);
    opened();
  }

  private greet(list: Success, person: Success): void {
    this.wire.emit('userInfo', []);
    this.wire.emit('userInfo', []);
    this.wire.emit('conversation list', [(list.data as never[]).map(oldConversation)]);
    this.wire.emit('user data', [oldUser(person.data as never)]);
  }

  /** A socket that is not told everything must not go on as if it were; it comes back, unless its identity has ended. */
  private turnAway(why: Answer): void {
    this.wire.emit(failureEvent, [why]);
    this.part(why.code === httpStatusByCode.UNAUTHENTICATED);
  }

  /** Runs a request; undefined when something else has answered it. */
  private async perform(request: SocketRequest): Promise<Answer | undefined> {
    const { row, given, ack, event } = request;
    const isCoalesced = this.owesList && event === 'conversation list' && !ack && Object.keys(given).length === 0;
    await this.ready;
    if (isCoalesced) return undefined;
    const asker = this.nextAsker();
    if (this.phase !== 'opened') return this.tooLate(row, asker);
    if (isStream(row)) return this.follow(request, asker);
    const running = this.services.operations.run(row, given, asker);
    if (row.status === 201) this.echoes.sending(running.then(addedId));
    return running;
  }

  private tooLate(row: SocketRequest['row'], { caller }: Asker): Answer {
    const message = 'The socket is closing and has not done this. Connect again and repeat it.';
    return this.services.operations.refuse(row, unavailable(message, { reason: 'STOPPING' }), caller);
  }

  private async follow({ row, given, ack }: SocketRequest, asker: Asker): Promise<Answer | undefined> {
    const opened = await this.services.operations.open(row, given, asker);
    if ('code' in opened) {
      // Who only listens cannot know that it has to ask again, but follows whenever it connects.
      if (isTrouble(opened)) setImmediate(() => this.part(false));
      return opened;
    }
    if (this.phase !== 'opened') {
      opened.stream.close();
      return this.tooLate(row, asker);
    }
    // The answer goes before the first entry.
    if (ack) this.wire.acknowledge(ack, { code: 200, msg: 'OK', data: null });
    this.streams.follow(opened);
    return undefined;
  }

  /** Each request is named in the log by a number of its own. */
  private nextAsker(): Asker {
    const { caller, actor } = this.asker;
    this.asked += 1;
    return { caller: { ...caller, requestId: `${caller.requestId ?? ''}.${this.asked}` }, actor };
  }
}

function addedId(answer: Answer): string | undefined {
  if (!isSuccess(answer)) return undefined;
  const { id } = (answer.data ?? {}) as { id?: unknown };
  return typeof id === 'string' ? id : undefined;
}
