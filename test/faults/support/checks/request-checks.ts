import type { Deed, Refusal, Sending } from '../history.js';
import type { Fault } from './fault.js';
import { type Logs, put } from './logs.js';

/** An acknowledged message is there, as it was answered; no message is there twice; a retry answers the first one. */
export function faultsOfSending(sending: Sending, logs: Logs): Fault[] {
  const { clientMessageId, userId, conversationId, answers, refusals } = sending;
  const where = `${conversationId}, ${clientMessageId}`;
  const stored = logs.storedOf(sending);
  const faults: Fault[] = [];
  if (stored.length > 1) faults.push({ promise: 'doubled', where });
  if (answers.some(({ messageId }) => messageId !== answers[0]?.messageId)) {
    faults.push({ promise: 'retry answered differently', where });
  }
  const isKept = answers.every(({ messageId, seq }) =>
    stored.some((entry) => entry.id === messageId && entry.seq === seq),
  );
  if (!isKept) faults.push({ promise: 'lost', where });
  const wrong = refusals.find((refusal) => refusal.code !== 'NOT_FOUND' || !logs.wasAway(userId, conversationId));
  return wrong ? [...faults, unexplained(wrong, `send ${where}`)] : faults;
}

/** A deed is refused only where a rule says so. */
export function faultsOfRefusal(deed: Deed, logs: Logs): Fault[] {
  const { outcome, kind, subject, conversationId } = deed;
  if (typeof outcome === 'string' || isExplained(deed, outcome, logs)) return [];
  return [unexplained(outcome, `${kind} of ${subject} in ${conversationId}`)];
}

function isExplained({ actorId, conversationId, subject, kind }: Deed, refusal: Refusal, logs: Logs): boolean {
  if (refusal.reason === 'MESSAGE_REMOVED') return logs.changesOf(subject, 'MESSAGE_REMOVED').length > 0;
  if (refusal.code !== 'NOT_FOUND') return false;
  return logs.wasAway(actorId, conversationId) || (kind === 'membership' && logs.wasAway(subject, conversationId));
}

function unexplained({ code, reason }: Refusal, where: string): Fault {
  return { promise: 'refused without a reason', where: `${where}: ${code} ${reason ?? ''}` };
}

/** What was acknowledged is true, unless something else was done, or may have been done, to the same thing since. */
export function faultsOfDeeds(deeds: readonly Deed[], logs: Logs): Fault[] {
  const bySubject = new Map<string, Deed[]>();
  for (const deed of deeds) {
    const { kind, conversationId, subject, actorId } = deed;
    put(bySubject, [kind, conversationId, subject, kind === 'react' && actorId].join(' '), deed);
  }
  return [...bySubject].flatMap(([where, all]) => {
    const done = all.filter(({ outcome }) => outcome === 'done');
    const isKept = done.every((deed) => isTrue(deed, logs) || all.some((other) => mayHaveUndone(other, deed)));
    const isComplete = done[0]?.kind !== 'edit' || hasAll(done, logs);
    return isKept && isComplete ? [] : [{ promise: 'acknowledged and not done', where: `${where} ${brief(all)}` }];
  });
}

function isTrue({ kind, subject, value, actorId, conversationId }: Deed, logs: Logs): boolean {
  const message = logs.messages.get(subject);
  const isGone = message?.removedAt != null;
  if (kind === 'edit') return isGone || message?.content === value;
  if (kind === 'remove') return isGone;
  if (kind === 'membership') return logs.isMember(subject, conversationId) === value;
  if (kind === 'read') return true;
  const isGiven = message?.reactionList?.some(({ userIds }) => userIds.includes(actorId)) ?? false;
  return isGone || isGiven === value;
}

function mayHaveUndone(other: Deed, { value, begun }: Deed): boolean {
  const mayBeDone = typeof other.outcome === 'string';
  return mayBeDone && other.value !== value && other.ended > begun;
}

/** Every acknowledged edit says something else, so each has an entry of its own. */
function hasAll(done: readonly Deed[], logs: Logs): boolean {
  return logs.changesOf(done[0]?.subject ?? '', 'MESSAGE_EDITED').length >= done.length;
}

function brief(deeds: readonly Deed[]): string {
  return JSON.stringify(deeds.slice(-4).map(({ value, outcome, begun, ended }) => ({ value, outcome, begun, ended })));
}
