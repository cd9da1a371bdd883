import type { View, Wire } from '../history.js';
import type { Fault } from './fault.js';
import type { Logs } from './logs.js';
import { Trail } from './trail.js';

/** Everybody is shown the log itself, in its order and without a gap, and only what it was a member for. */
export function faultsOfView(view: View, logs: Logs): Fault[] {
  return walk(view, { known: new Map(), isRaw: false }, logs).faults;
}

/** So it is on each single socket, from the place on that it said it has: no client library has to mend anything. */
export function faultsOfWire(wire: Wire, logs: Logs): Fault[] {
  return walk(wire, { known: wire.known, isRaw: true }, logs).faults;
}

/** In the end a socket that is open has shown everything, and follows nothing else. */
export function incompleteWire(wire: Wire, logs: Logs): Fault[] {
  if (!wire.isOpen) return [];
  const { places } = walk(wire, { known: wire.known, isRaw: true }, logs);
  return [...logs.byConversation].flatMap(([conversationId, { length }]): Fault[] => {
    const isMember = logs.isMember(wire.userId, conversationId);
    const place = places.get(conversationId);
    const where = `a socket of ${wire.userId} in ${conversationId} at ${place} of ${length}`;
    if (isMember && place !== length) return [{ promise: 'never shown', where }];
    return !isMember && place !== undefined ? [{ promise: 'not told of leaving', where }] : [];
  });
}

/** At the end everybody was shown everything from the beginning of its membership to the newest entry. */
export function missingFrom({ userId, sights }: View, logs: Logs): Fault[] {
  const faults: Fault[] = [];
  for (const [conversationId, log] of logs.byConversation) {
    const current = logs.membershipsOf(userId, conversationId).find(({ to }) => to === Infinity);
    if (!current) continue;
    const seen = new Set(
      sights.flatMap((sight) => (sight.kind === 'event' && sight.conversationId === conversationId ? [sight.seq] : [])),
    );
    const missing = log.filter(({ seq }) => seq >= current.from && !seen.has(seq));
    if (missing[0]) {
      const where = `${userId} in ${conversationId}: ${missing.length} from ${missing[0].seq} on, of ${log.length}`;
      faults.push({ promise: 'never shown', where });
    }
  }
  return faults;
}

function walk({ userId, sights }: View, how: { known: Wire['known']; isRaw: boolean }, logs: Logs): Trail {
  const trail = new Trail({ userId, ...how }, logs);
  for (const sight of sights) trail.take(sight);
  return trail;
}
