import type { SubscribeResolverData } from 'type-graphql';
import type { LiveStream } from '../feed/live-stream.js';
import type { Context } from './context.js';

/**
 * What graphql-js gets from a subscription's `subscribe`: it asks for an AsyncIterable. Transports take the stream out
 * and push; nobody iterates.
 */
export class LiveSource implements AsyncIterable<object> {
  constructor(readonly stream: LiveStream) {}

  [Symbol.asyncIterator](): AsyncIterator<object> {
    throw new Error('A live source is not iterated: run subscriptions through Executor.subscribe or Executor.open.');
  }
}

/** What type-graphql hands to `subscribe`, with this program's context. */
type SubscribeData = Omit<SubscribeResolverData, 'context'> & { readonly context: Context };
type Subscribe = (data: SubscribeData) => Promise<LiveSource>;

/**
 * The `subscribe` option of a subscription, e.g.
 * `@Subscription(() => User, { subscribe: live((context) => context.streams.notices(context.viewer.userId, 'userChanged')) })`.
 * @param open authorizes and opens the stream; it names the type of the coerced arguments, which no class-validator has
 *   seen
 */
export function live(open: (context: Context, args: never) => LiveStream | Promise<LiveStream>): Subscribe {
  return async ({ context, args }) => new LiveSource(await open(context, args as never));
}
