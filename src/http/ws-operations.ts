import { OperationTypeNode } from 'graphql';
import { MessageType, type SubscribePayload } from 'graphql-ws';
import { ChatError, unavailable } from '../errors.js';
import type { Caller, Context } from '../graphql/context.js';
import { isKnown, isLive, type Executor, type OperationResult } from '../graphql/executor.js';
import type { KnownOperation } from '../graphql/known-operation.js';
import type { LiveDelivery } from '../graphql/live-delivery.js';
import { presentError, type PresentedError } from '../graphql/present-error.js';
import { WsSubscription } from './ws-subscription.js';

/** Subscriptions of one socket. */
const maxSubscriptions = 100;
/** Queries and mutations of one socket that run at once; while there are more, nothing further is read. */
const maxRunning = 256;

/** The connection as its operations need it. */
export interface Wire {
  /** Who calls the next operation; each is named in the log by a number of its own. */
  nextCaller(): Caller;
  contextOf(caller: Caller): Context;
  /** Whether the reader keeps up; when not, `WsOperations.resume` is called once it does. */
  hasRoom(): boolean;
  send(message: string | Buffer): void;
  /** Whether operations are busy has changed. */
  regulate(): void;
  /** No query or mutation runs any more. */
  idle(): void;
}

/** One operation from its subscribe message to its end. */
interface Operation {
  readonly isSubscription: boolean;
  /** Of a query or a mutation: it has begun, and nothing takes it back. */
  isRunning?: boolean;
  delivery?: LiveDelivery;
}

/** What is to be run, and for whom. */
interface Call {
  readonly operation: KnownOperation;
  readonly variables: SubscribePayload['variables'];
  readonly caller: Caller;
}

/** The operations of one socket, by the id that the client gave each. */
export class WsOperations {
  private readonly byId = new Map<string, Operation>();
  private subscriptions = 0;
  private running = 0;
  private isStopping = false;
  /** Settles when every subscription that was asked for so far has its place. */
  private settingUp: Promise<unknown> | undefined;

  constructor(
    private readonly wire: Wire,
    private readonly executor: Executor,
  ) {}

  get isBusy(): boolean {
    return this.running >= maxRunning;
  }

  /** Whether no query or mutation runs. */
  get isIdle(): boolean {
    return this.running === 0;
  }

  has(id: string): boolean {
    return this.byId.has(id);
  }

  /** Begins an operation; the client has not used the id for another one that is not over. */
  start(id: string, payload: SubscribePayload): void {
    const caller = this.wire.nextCaller();
    if (this.isStopping) {
      this.refuse(id, caller);
      return;
    }
    const prepared = this.executor.prepare(payload, caller);
    const isSubscription = isKnown(prepared) && prepared.node.operation === OperationTypeNode.SUBSCRIPTION;
    this.byId.set(id, { isSubscription });
    if (isSubscription) this.subscriptions += 1;
    if (!isKnown(prepared)) {
      this.finish(id, prepared.errors);
      return;
    }
    const call: Call = { operation: prepared, variables: payload.variables, caller };
    if (!isSubscription) void this.run(id, call);
    else if (this.subscriptions > maxSubscriptions) this.finish(id, [presentError(tooManySubscriptions())]);
    else void this.open(id, call);
  }

  /** The client wants no more of an operation. */
  cancel(id: string): void {
    this.remove(id)?.delivery?.close();
  }

  /** The reader keeps up again. */
  resume(): void {
    for (const { delivery } of this.byId.values()) delivery?.resume();
  }

  closeAll(): void {
    for (const id of [...this.byId.keys()]) this.cancel(id);
  }

  /** Ends subscriptions and drops what has not begun. */
  closeAllButRunning(): void {
    for (const [id, { isRunning }] of [...this.byId]) if (!isRunning) this.cancel(id);
  }

  /** Refuses whatever has not begun, and everything that comes from here on. */
  stopTaking(): void {
    this.isStopping = true;
    for (const [id, { isRunning, isSubscription }] of [...this.byId]) {
      if (isSubscription) this.cancel(id);
      else if (!isRunning) this.finish(id, [presentError(stopping())]);
    }
  }

  /** Ends an operation and says so, with the errors that ended it where there are any. */
  finish(id: string, errors?: readonly PresentedError[]): void {
    if (!this.remove(id)) return;
    this.wire.send(
      JSON.stringify(errors ? { id, type: MessageType.Error, payload: errors } : { id, type: MessageType.Complete }),
    );
  }

  private refuse(id: string, caller: Caller): void {
    const error = stopping();
    this.executor.watch.begin(caller).finished([error]);
    this.byId.set(id, { isSubscription: false });
    this.finish(id, [presentError(error)]);
  }

  /** A client that subscribes and then sends over the same socket gets what it sent, so the subscription goes first. */
  private async run(id: string, { operation, variables, caller }: Call): Promise<void> {
    const started = this.byId.get(id);
    await this.settingUp;
    if (!started || this.byId.get(id) !== started) return;
    started.isRunning = true;
    this.count(1);
    const result = await this.executor.run(operation, variables, this.wire.contextOf(caller));
    if (this.byId.get(id) === started) this.answer(id, result);
    this.count(-1);
  }

  private answer(id: string, result: OperationResult): void {
    if (result.data === undefined) {
      this.finish(id, result.errors);
      return;
    }
    this.wire.send(JSON.stringify({ id, type: MessageType.Next, payload: result }));
    this.finish(id);
  }

  private async open(id: string, { operation, variables, caller }: Call): Promise<void> {
    const started = this.byId.get(id);
    const opening = this.executor.open(operation, variables, this.wire.contextOf(caller));
    const settingUp = Promise.all([this.settingUp, opening]);
    this.settingUp = settingUp;
    const opened = await opening;
    if (this.settingUp === settingUp) this.settingUp = undefined;
    if (this.byId.get(id) !== started || !started) {
      if (isLive(opened)) opened.stream.close();
    } else if (isLive(opened)) {
      started.delivery = this.executor.deliver(opened, new WsSubscription(this.wire, this, id));
      started.delivery.start();
    } else this.finish(id, opened.errors);
  }

  private remove(id: string): Operation | undefined {
    const operation = this.byId.get(id);
    this.byId.delete(id);
    if (operation?.isSubscription) this.subscriptions -= 1;
    return operation;
  }

  private count(change: 1 | -1): void {
    const wasBusy = this.isBusy;
    this.running += change;
    if (this.isBusy !== wasBusy) this.wire.regulate();
    if (this.isIdle) this.wire.idle();
  }
}

function stopping(): ChatError {
  return unavailable('The server is stopping and has not done this. Connect again and repeat it.', {
    reason: 'STOPPING',
  });
}

function tooManySubscriptions(): ChatError {
  return new ChatError(
    'BAD_USER_INPUT',
    `A socket carries at most ${maxSubscriptions} subscriptions. Complete one, or leave out the id to follow everything with one.`,
  );
}
