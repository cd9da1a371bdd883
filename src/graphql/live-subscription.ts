import type { LiveStream } from '../feed/live-stream.js';
import type { Context } from './context.js';
import type { KnownOperation } from './known-operation.js';

/** Variables as a client sent them. */
export type Variables = Readonly<Record<string, unknown>>;

/** A subscription that has been authorized and has its place in its stream. */
export interface LiveSubscription {
  readonly stream: LiveStream;
  readonly operation: KnownOperation;
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

/** JSON with sorted keys, so that equal values have equal texts. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([left], [right]) => (left < right ? -1 : 1)))
      : inner,
  );
}
