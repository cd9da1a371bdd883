import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { Alarm, backOff } from './backoff.js';
import { type ChatRequestError, mayPass } from './errors.js';
import { protect } from './emitter.js';
import type { Session } from './session.js';

/** What is looked at, and who hears of it. */
export interface Viewing<Data, Variables> {
  readonly document: TypedDocumentNode<Data, Variables>;
  readonly variables: Variables;
  readonly onData: (data: Data) => void;
  readonly onError?: (error: ChatRequestError) => void;
}

/** A live view, whatever it shows. */
interface View {
  open(session: Session): void;
  detach(): void;
}

/** One live view through all sessions. */
class LiveView<Data, Variables> implements View {
  private session: Session | undefined;
  private leave: (() => void) | undefined;
  private failures = 0;
  private readonly again = new Alarm(() => this.session && this.open(this.session));

  /** @param over is called when the server has ended the view */
  constructor(
    private readonly viewing: Viewing<Data, Variables>,
    private readonly over: () => void,
  ) {}

  open(session: Session): void {
    const { document, variables, onData } = this.viewing;
    this.again.stop();
    this.session = session;
    this.leave = session.subscribe(document, variables, {
      next: (data) => {
        this.failures = 0;
        protect(() => onData(data));
      },
      ended: (error) => this.ended(error),
    });
  }

  /** The session is over. */
  detach(): void {
    this.again.stop();
    this.session = undefined;
    this.leave = undefined;
  }

  close(): void {
    this.leave?.();
    this.detach();
  }

  private ended(error: ChatRequestError | undefined): void {
    this.leave = undefined;
    if (error && mayPass(error)) {
      this.failures += 1;
      this.again.set(backOff(this.failures, error.retryAfter));
      return;
    }
    this.over();
    if (error) protect(() => this.viewing.onError?.(error));
  }
}

/** What an application looks at live, opened anew with each session. */
export class LiveViews {
  private readonly views = new Set<View>();
  private session: Session | undefined;

  /** @returns leaves the view */
  add<Data, Variables>(viewing: Viewing<Data, Variables>): () => void {
    const view = new LiveView(viewing, () => this.views.delete(view));
    this.views.add(view);
    if (this.session) view.open(this.session);
    return () => {
      this.views.delete(view);
      view.close();
    };
  }

  attach(session: Session): void {
    this.session = session;
    for (const view of this.views) view.open(session);
  }

  detach(): void {
    this.session = undefined;
    for (const view of this.views) view.detach();
  }
}
