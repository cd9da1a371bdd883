import type { Executor } from '../../graphql/executor.js';
import type { LiveDelivery, LiveSink } from '../../graphql/live-delivery.js';
import type { LiveSubscription } from '../../graphql/live-subscription.js';
import type { PresentedError } from '../../graphql/present-error.js';
import type { Failure } from '../answer.js';
import type { Asker, Operations } from '../operations.js';
import { entries, followed, notices, type PushRow } from '../table/pushes.js';
import type { Frame, Frames } from './frames.js';

export interface PushStreamsParts {
  readonly operations: Operations;
  readonly executor: Pick<Executor, 'deliver'>;
  readonly frames: Frames;
}

/** Where the pushes of one socket go. */
export interface PushTarget {
  readonly unasked: Asker;
  readonly userId: string;
  hasRoom(): boolean;
  take(frame: Frame): void;
  /** A stream that must not have holes has ended with an error. */
  broken(errors: readonly PresentedError[]): void;
}

/** The subscriptions that run for one socket. */
export class PushStreams {
  private log: LiveDelivery | undefined;
  private readonly others: LiveDelivery[] = [];
  private isClosed = false;

  constructor(
    private readonly parts: PushStreamsParts,
    private readonly target: PushTarget,
  ) {}

  /**
   * Opens everything that a socket is told unasked. It has its place then, and is silent until it is started.
   * @returns what starts it, or why it could not be opened
   */
  async open(): Promise<(() => void) | Failure> {
    const rows = [entries, ...notices];
    const opened = await Promise.all(rows.map((row) => this.subscribe(row)));
    const refused = opened.find((one): one is Failure => 'code' in one);
    if (refused) {
      for (const one of opened) if ('stream' in one) one.stream.close();
      return refused;
    }
    const deliveries = opened.map((one, at) => this.deliver(one as LiveSubscription, rows[at] ?? entries));
    return () => this.start(deliveries);
  }

  /** Tells of the log by entries from here on, and no longer by what they mean. */
  follow(subscription: LiveSubscription): void {
    this.log?.close();
    const delivery = this.deliver(subscription, followed);
    this.start([delivery]);
  }

  /** The socket keeps up again. */
  resume(): void {
    this.log?.resume();
    for (const delivery of this.others) delivery.resume();
  }

  close(): void {
    this.isClosed = true;
    this.log?.close();
    for (const delivery of this.others.splice(0)) delivery.close();
  }

  private start([log, ...others]: readonly LiveDelivery[]): void {
    const all = log ? [log, ...others] : others;
    if (this.isClosed) {
      for (const delivery of all) delivery.close();
      return;
    }
    this.log = log;
    this.others.push(...others);
    for (const delivery of all) delivery.start();
  }

  private subscribe({ document, variablesOf }: PushRow): Promise<LiveSubscription | Failure> {
    const { operations } = this.parts;
    const { unasked, userId } = this.target;
    return operations.follow(operations.known(document), variablesOf(userId), unasked);
  }

  private deliver(subscription: LiveSubscription, row: PushRow): LiveDelivery {
    const { target } = this;
    const sink: LiveSink = {
      hasRoom: () => target.hasRoom(),
      answer: (body) => this.parts.frames.of(row, body, target.userId).forEach((frame) => target.take(frame)),
      fail: (errors) => target.broken(errors),
      complete: () => undefined,
    };
    return this.parts.executor.deliver(subscription, sink);
  }
}
