import type { ChatError } from '../errors.js';
import { FeedReset } from '../feed/feed-items.js';
import type { LiveEvent, LiveStream, Outlet } from '../feed/live-stream.js';
import type { LiveExecutions, Outcome } from './live-executions.js';
import type { LiveSubscription } from './live-subscription.js';
import { presentError, type PresentedError } from './present-error.js';

/** Events of one subscriber that may be in execution at once. */
const maxInFlight = 256;

/** Where one subscriber's answers go. After `fail` or `complete` nothing more comes. */
export interface LiveSink {
  /** Whether another answer can be taken. Once it has room again, `LiveDelivery.resume` must be called. */
  hasRoom(): boolean;
  /** @param body the JSON text of an execution result */
  answer(body: Buffer): void;
  fail(errors: readonly PresentedError[]): void;
  complete(): void;
}

/** Counts what is delivered. */
export interface DeliveryMeter {
  /** @param entryAt of an entry that is delivered as it happens: when it was appended */
  delivered(entryAt: Date | undefined): void;
  /** A follower is too far behind and is told to page. */
  feedReset(): void;
}

/** What all deliveries share. */
export interface DeliveryTools {
  readonly executions: LiveExecutions;
  readonly meter?: DeliveryMeter;
}

type Ending = { readonly complete: true } | { readonly errors: readonly PresentedError[] };
/** A place in the order of answers; empty until its execution has settled. */
interface Place {
  answer?: Outcome | Ending;
  readonly event?: LiveEvent;
}

/** Brings the events of one subscription to its sink: in order, however long each takes, and none after an error. */
export class LiveDelivery implements Outlet {
  private readonly places: Place[] = [];
  private isStarved = false;
  private isClosed = false;

  constructor(
    private readonly subscription: LiveSubscription,
    private readonly tools: DeliveryTools,
    private readonly sink: LiveSink,
  ) {}

  start(): void {
    this.ask((stream) => stream.attach(this));
  }

  push(event: LiveEvent): boolean {
    if (this.isClosed) return true;
    if (this.places.length >= maxInFlight || !this.sink.hasRoom()) {
      this.isStarved = true;
      return false;
    }
    const outcome = this.tools.executions.run(this.subscription, event);
    if (outcome instanceof Promise) void this.await(outcome, event);
    else this.settle({ answer: outcome, event });
    return true;
  }

  end(error?: ChatError): void {
    this.settle({ answer: error ? { errors: [presentError(error)] } : { complete: true } });
  }

  /** The sink has room again. */
  resume(): void {
    if (!this.isStarved || this.isClosed) return;
    this.isStarved = false;
    this.ask((stream) => stream.resume());
  }

  /** Leaves the stream; the sink hears nothing more. May be called more than once. */
  close(): void {
    this.isClosed = true;
    this.places.length = 0;
    this.subscription.stream.close();
  }

  /** Streams run in timers and promises of the transport, where nobody else would catch what they throw. */
  private ask(something: (stream: LiveStream) => void): void {
    try {
      something(this.subscription.stream);
    } catch (error) {
      this.settle({ answer: this.tools.executions.failure([error]) });
    }
  }

  private async await(outcome: Promise<Outcome>, event: LiveEvent): Promise<void> {
    const place: Place = { event };
    this.places.push(place);
    place.answer = await outcome;
    this.deliver();
    if (this.places.length < maxInFlight / 2 && this.sink.hasRoom()) this.resume();
  }

  private settle(place: Place): void {
    this.places.push(place);
    this.deliver();
  }

  private deliver(): void {
    while (!this.isClosed && this.places[0]?.answer) {
      const { answer, event } = this.places[0];
      this.places.shift();
      this.give(answer, event);
    }
  }

  private give(answer: Outcome | Ending, event: LiveEvent | undefined): void {
    if ('body' in answer) {
      this.sink.answer(answer.body);
      this.tools.meter?.delivered(event?.happenedAt);
      if (event?.payload instanceof FeedReset) this.tools.meter?.feedReset();
      return;
    }
    if (event?.mayLapse && 'errors' in answer && isGone(answer.errors)) return;
    this.close();
    if ('errors' in answer) this.sink.fail(answer.errors);
    else this.sink.complete();
  }
}

/** Whether all that failed is that something is not there, or not for this viewer. */
function isGone(errors: readonly PresentedError[]): boolean {
  return errors.length > 0 && errors.every(({ extensions }) => extensions.code === 'NOT_FOUND');
}
