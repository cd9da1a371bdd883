import type { History, Standing } from '../history.js';
import type { Fault } from './fault.js';
import type { Logs } from './logs.js';

/** Unread messages are counted among so many of the newest entries. */
const counted = 1_000;

/**
 * What every server says of receipts, unread messages and membership follows from the log and from what was
 * acknowledged.
 */
export function faultsOfStanding(standing: Standing, { deeds }: History, logs: Logs): Fault[] {
  const { server, userId, conversationId, numbers } = standing;
  const where = `${userId} in ${conversationId} on ${server}: ${JSON.stringify(numbers)}`;
  const log = logs.of(conversationId);
  const membership = logs.membershipsOf(userId, conversationId).find(({ to }) => to === Infinity);
  if (!membership || !numbers) {
    return !membership === !numbers ? [] : [{ promise: 'membership differs from its log', where }];
  }
  const faults: Fault[] = [];
  const { firstSeq, lastSeq, readSeq } = numbers;
  if (firstSeq !== membership.from || lastSeq !== log.length) {
    faults.push({ promise: 'membership differs from its log', where });
  }
  const read = deeds.filter((deed) => deed.kind === 'read' && deed.actorId === userId);
  const mine = read.filter((deed) => deed.conversationId === conversationId);
  const acknowledged = mine.flatMap(({ outcome, value }) => (outcome === 'done' ? [Number(value)] : []));
  const possible = [membership.from - 1, ...mine.map(({ value }) => Number(value))];
  if (readSeq < Math.max(0, ...acknowledged) || !possible.includes(readSeq)) {
    faults.push({ promise: 'wrong receipt', where: `${where}, acknowledged up to ${Math.max(0, ...acknowledged)}` });
  }
  if (numbers.unread !== unreadOf(standing, readSeq, logs)) faults.push({ promise: 'wrong unread count', where });
  return faults;
}

function unreadOf({ userId, conversationId, numbers }: Standing, readSeq: number, logs: Logs): number {
  const log = logs.of(conversationId);
  const after = Math.max(readSeq, (numbers?.firstSeq ?? 1) - 1, log.length - counted);
  const isUnread = ({ seq, type, actorId, removedAt }: (typeof log)[number]): boolean =>
    seq > after && type === 'MESSAGE_ADDED' && actorId !== userId && removedAt == null;
  return log.filter(isUnread).length;
}
