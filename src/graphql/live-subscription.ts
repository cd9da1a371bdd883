import type { LiveStream } from '../feed/live-stream.js';
import type { Context } from './context.js';
import type { KnownOperation } from './known-operation.js';

/** Variables as a client sent them. */
export type Variables = Readonly<Record<string, unknown>>;

/** A subscription that has been authorized and has its place in its stream. */
export interface LiveSubscription {
  readonly stream: LiveStream;
  readonly operation: KnownOperation;
  /** What each event is executed with. */
  readonly variables: Variables | undefined;
  /** Who subscribed; events get contexts of their own. */
  readonly context: Context;
  /** Subscriptions with the same key answer an event of the same visibility with the same bytes. */
  readonly key: string;
}

/**
 * The key of a subscription: document, operation and coerced variables without positions; the viewer too where the
 * document depends on it.
 */
export function liveKey(operation: KnownOperation, coerced: Variables, viewerId: string | undefined): string {
  const shared = Object.entries(coerced).filter(([name]) => !operation.positionVariables.has(name));
  const viewer = operation.viewerDependent ? (viewerId ?? 'nobody') : '';
  return `${operation.id}|${viewer}|${canonicalJson(Object.fromEntries(shared))}|`;
}

/** What events are executed with: a list of where the stream started is of no use to them, and may be long. */
export function eventVariables(operation: KnownOperation, variables: Variables | undefined): Variables | undefined {
  if (!variables || operation.positionVariables.size === 0) return variables;
  const short = (name: string, value: unknown): unknown =>
    operation.positionVariables.has(name) && Array.isArray(value) ? [] : value;
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, short(name, value)]));
}

/** JSON with sorted keys, so that equal values have equal texts. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([left], [right]) => (left < right ? -1 : 1)))
      : inner,
  );
}
