import type { Actor } from '../auth/actor.js';
import type { Floor } from '../feed/live-stream.js';
import type { Streams } from '../feed/streams.js';
import { Context, type Caller } from './context.js';
import type { Loaders } from './loaders.js';

/** What every context is filled from. */
export interface ContextSources {
  /** Fresh loaders; without an actor there are no memberships. */
  readonly loadersFor: (actor: Actor | undefined) => Loaders;
  readonly streams: Streams;
}

/** Makes the context of every execution, so that loaders are never older than it. */
export class Contexts {
  constructor(private readonly sources: ContextSources) {}

  /** One operation of one caller. */
  forCall(caller: Caller, actor: Actor | undefined): Context {
    const { loadersFor, streams } = this.sources;
    return new Context({ caller, actor, loaders: loadersFor(actor), streams });
  }

  /** One live event for the viewer who subscribed. */
  forEvent({ caller, actor }: Context, floor: Floor | undefined): Context {
    const { loadersFor, streams } = this.sources;
    return new Context({ caller, actor, loaders: loadersFor(actor), streams, floor });
  }

  /** One live event for everybody who asked the same; whoever reads the viewer there throws. */
  shared(floor: Floor | undefined): Context {
    return new SharedContext(this.sources.loadersFor(undefined), this.sources.streams, floor);
  }
}

const noCaller: Caller = { address: '', protocol: 'in-process' };

class SharedContext extends Context {
  constructor(
    loaders: Loaders,
    streams: Streams,
    private readonly eventFloor: Floor | undefined,
  ) {
    super({ caller: noCaller, actor: undefined, loaders, streams });
  }

  override get caller(): never {
    throw readsViewer('caller');
  }

  override get actor(): never {
    throw readsViewer('actor');
  }

  override get viewer(): never {
    throw readsViewer('viewer');
  }

  override floorOf(conversationId: string): Promise<number | undefined> {
    if (this.eventFloor?.conversationId === conversationId) return Promise.resolve(this.eventFloor.firstSeq);
    return Promise.reject(readsViewer('floor of another conversation'));
  }
}

function readsViewer(what: string): Error {
  return new Error(
    `A field read the ${what} in an execution that is shared by several viewers. Mark it with @ViewerDependent().`,
  );
}
