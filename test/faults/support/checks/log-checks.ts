import type { StoredEntry } from '../history.js';
import type { Fault } from './fault.js';
import type { Logs } from './logs.js';

/** What is wrong with the log itself, and with the messages that it makes. */
export function faultsOfLog(logs: Logs): Fault[] {
  return [
    ...[...logs.byConversation].flatMap(([conversationId, log]) => gapsIn(conversationId, log)),
    ...[...logs.byConversation.values()].flat().flatMap((entry) => faultsOfEntry(entry, logs)),
    ...[...logs.messages.values()].flatMap((message) => faultsOfMessage(message, logs)),
  ];
}

/** The log is 1, 2, 3, ... */
function gapsIn(conversationId: string, log: readonly StoredEntry[]): Fault[] {
  const wrong = log.find(({ seq }, at) => seq !== at + 1);
  return wrong ? [{ promise: 'gap in the log', where: `${conversationId} at ${wrong.seq}` }] : [];
}

/** Who writes is a member at that place, and what an entry changes is changed. */
function faultsOfEntry({ conversationId, seq, type, actorId, pending }: StoredEntry, logs: Logs): Fault[] {
  const where = `${type} of ${actorId} in ${conversationId} at ${seq}`;
  const isMember = logs.membershipAt(actorId, conversationId, seq) !== undefined;
  const faults: Fault[] = [];
  if (!isMember) faults.push({ promise: 'written by a stranger', where });
  if (pending) faults.push({ promise: 'left pending', where });
  return faults;
}

/** A message is what its log makes of it. */
function faultsOfMessage(message: StoredEntry, logs: Logs): Fault[] {
  const { id, content = '', removedAt, reactionList = [] } = message;
  const isRemoved = logs.changesOf(id, 'MESSAGE_REMOVED').length > 0;
  const says = isRemoved ? content === '' : logs.maySay(message, content, Infinity);
  const shown = reactionList.flatMap(({ emoji, userIds }) => userIds.map((userId) => `${emoji} ${userId}`));
  const given = isRemoved ? [] : reactionsOf(id, logs);
  const isTrue = says && isRemoved === (removedAt != null) && shown.sort().join() === given.sort().join();
  return isTrue ? [] : [{ promise: 'message differs from its log', where: JSON.stringify({ message, given }) }];
}

function reactionsOf(messageId: string, logs: Logs): string[] {
  const given = new Set<string>();
  for (const { emoji, actorId, given: isGiven } of logs.changesOf(messageId, 'REACTION_CHANGED')) {
    if (isGiven) given.add(`${emoji} ${actorId}`);
    else given.delete(`${emoji} ${actorId}`);
  }
  return [...given];
}
