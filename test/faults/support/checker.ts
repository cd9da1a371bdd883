import type { History, Sending, StoredEntry, View } from './history.js';
import { membershipsOf } from './memberships.js';

/** A promise that was broken, and where. */
export interface Fault {
  readonly promise:
    'gap in the log' | 'lost' | 'doubled' | 'retry answered differently' | 'present without a socket' | DisplayFault;
  readonly where: string;
}

/** What can be wrong with what somebody was shown. */
type DisplayFault = 'another entry' | 'not a member' | 'gap or disorder' | 'never shown';

type Logs = ReadonlyMap<string, readonly StoredEntry[]>;

/** Every broken promise of a run; none when all were kept. */
export function faultsOf(history: History): Fault[] {
  const logs = logsOf(history.log);
  return [
    ...[...logs].flatMap(([conversationId, log]) => gapsIn(conversationId, log)),
    ...history.sendings.flatMap((sending) => faultsOfSending(sending, logs)),
    ...[...history.views, ...history.wires].flatMap((view) => disorderIn(view, logs)),
    ...history.views.flatMap((view) => missingFrom(view, logs)),
  ];
}

function logsOf(entries: readonly StoredEntry[]): Map<string, StoredEntry[]> {
  const logs = new Map<string, StoredEntry[]>();
  for (const entry of [...entries].sort((one, other) => one.seq - other.seq)) {
    const log = logs.get(entry.conversationId);
    if (log) log.push(entry);
    else logs.set(entry.conversationId, [entry]);
  }
  return logs;
}

/** The log is 1, 2, 3, ... */
function gapsIn(conversationId: string, log: readonly StoredEntry[]): Fault[] {
  const wrong = log.find(({ seq }, at) => seq !== at + 1);
  return wrong ? [{ promise: 'gap in the log', where: `${conversationId} at ${wrong.seq}` }] : [];
}

/** An acknowledged message is there, as it was answered; no message is there twice; a retry answers the first one. */
function faultsOfSending({ clientMessageId, userId, conversationId, answers }: Sending, logs: Logs): Fault[] {
  const where = `${conversationId}, ${clientMessageId}`;
  const stored = (logs.get(conversationId) ?? []).filter(
    (entry) => entry.actorId === userId && entry.clientMessageId === clientMessageId,
  );
  const faults: Fault[] = [];
  if (stored.length > 1) faults.push({ promise: 'doubled', where });
  if (answers.some(({ messageId }) => messageId !== answers[0]?.messageId)) {
    faults.push({ promise: 'retry answered differently', where });
  }
  const isKept = answers.every(({ messageId, seq }) =>
    stored.some((entry) => entry.id === messageId && entry.seq === seq),
  );
  if (!isKept) faults.push({ promise: 'lost', where });
  return faults;
}

/** Everybody is shown the log itself, in its order and without a gap, and only what it was a member for. */
function disorderIn({ userId, sights }: View, logs: Logs): Fault[] {
  const faults: Fault[] = [];
  const last = new Map<string, number>();
  const memberships = rememberedMemberships(userId, logs);
  for (const sight of sights) {
    const { conversationId } = sight;
    if (sight.kind === 'break') {
      last.delete(conversationId);
      continue;
    }
    const { seq, type } = sight;
    const where = `${userId} in ${conversationId} at ${seq}`;
    const before = last.get(conversationId);
    const mine = memberships(conversationId);
    last.set(conversationId, seq);
    if (logs.get(conversationId)?.[seq - 1]?.type !== type) faults.push({ promise: 'another entry', where });
    if (!mine.some(({ from, to }) => seq >= from && seq <= to)) faults.push({ promise: 'not a member', where });
    const mayJump = before === undefined || (before < seq && mine.some(({ from }) => from === seq));
    if (before !== undefined && seq !== before + 1 && !mayJump) {
      faults.push({ promise: 'gap or disorder', where: `${where} after ${before}` });
    }
  }
  return faults;
}

/** At the end everybody was shown everything from the beginning of its membership to the newest entry. */
function missingFrom({ userId, sights }: View, logs: Logs): Fault[] {
  const faults: Fault[] = [];
  const memberships = rememberedMemberships(userId, logs);
  for (const [conversationId, log] of logs) {
    const current = memberships(conversationId).find(({ to }) => to === Infinity);
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

function rememberedMemberships(userId: string, logs: Logs) {
  const known = new Map<string, ReturnType<typeof membershipsOf>>();
  return (conversationId: string) => {
    const found = known.get(conversationId) ?? membershipsOf(userId, logs.get(conversationId) ?? []);
    known.set(conversationId, found);
    return found;
  };
}
