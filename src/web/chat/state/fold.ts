import type { Presence } from '../../../generated/operations.js';
import { foldMarks, foldMember, isMemberEntry } from './members.js';
import { foldRow, foldSnapshot } from './row.js';
import { emptyTimeline, foldEntry, foldPage, foldRefreshed, foldSent } from './timeline.js';
import type {
  ChatState,
  Ending,
  Line,
  LogEntry,
  Member,
  Message,
  Page,
  PagePlace,
  Room,
  Row,
  Typist,
} from './types.js';

/** How long a person counts as typing after the last sign, in milliseconds. */
const typingLasts = 6_000;

const emptyRoom: Room = { timeline: emptyTimeline, members: new Map(), memberEntries: [] };

export function emptyState(meId: string): ChatState {
  return {
    meId,
    rows: new Map(),
    listed: new Set(),
    rooms: new Map(),
    people: new Map(),
    changed: new Set(),
    presence: new Map(),
    typing: new Map(),
  };
}

/** One entry of the feed. */
export function foldEvent(state: ChatState, entry: LogEntry): ChatState {
  const { conversationId } = entry;
  const row = state.rows.get(conversationId);
  const rows = row ? withEntry(state.rows, conversationId, foldRow(row, entry, state.meId)) : state.rows;
  const next = inRoom({ ...state, rows }, conversationId, (room) => foldIntoRoom(room, entry));
  const listed = isLedToList(entry, state.meId) ? foldListed(next, [conversationId]) : next;
  if (entry.type === 'GROUP_DELETED') return foldLeft(listed, conversationId, 'deleted');
  const writer = lastWordOf(entry);
  return writer === undefined ? listed : stopTyping(listed, conversationId, writer);
}

/** Whether an entry brings its conversation into the person's list: a message does, and becoming a member. */
function isLedToList({ type, user }: LogEntry, meId: string): boolean {
  return type === 'MESSAGE_ADDED' || (type === 'MEMBER_ADDED' && user?.id === meId);
}

/** Who no longer writes after an entry: who has sent what was being written, and who has left. */
function lastWordOf({ type, actor, user }: LogEntry): string | undefined {
  if (type === 'MESSAGE_ADDED') return actor?.id;
  return type === 'MEMBER_REMOVED' ? user?.id : undefined;
}

/** What the server told about conversations, whether the list has them or not. */
export function foldRows(state: ChatState, snapshots: readonly Row[]): ChatState {
  const rows = new Map(state.rows);
  for (const snapshot of snapshots) rows.set(snapshot.id, foldSnapshot(rows.get(snapshot.id), snapshot));
  const silent = snapshots.filter(({ isSpam }) => isSpam).map(({ id }) => id);
  const next: ChatState = { ...state, rows, typing: without(state.typing, ...silent) };
  return snapshots.reduce((folded, { id }) => inRoom(folded, id, (room) => ({ ...room, ending: undefined })), next);
}

/** The list has these conversations. */
export function foldListed(state: ChatState, ids: readonly string[]): ChatState {
  const news = ids.filter((id) => !state.listed.has(id));
  return news.length === 0 ? state : { ...state, listed: new Set([...state.listed, ...news]) };
}

/** A room must be opened before its first page is asked for, so that nothing falls between the page and the feed. */
export function openRoom(state: ChatState, id: string): ChatState {
  return state.rooms.has(id) ? state : { ...state, rooms: withEntry(state.rooms, id, emptyRoom) };
}

/** The conversation is no longer the person's. Who comes again begins anew, so nothing is kept of the history. */
export function foldLeft(state: ChatState, id: string, kind: Ending['kind'] = 'removed'): ChatState {
  const row = state.rows.get(id);
  if (row?.isSpam) return state;
  const ending = { kind, title: row?.title ?? null };
  return inRoom(foldRemoved(state, id), id, (room) => ({ ...emptyRoom, ending: room.ending ?? ending }));
}

/** The person put it away: it leaves the list. */
export function foldRemoved(state: ChatState, id: string): ChatState {
  const listed = new Set(state.listed);
  listed.delete(id);
  return { ...state, listed, rows: without(state.rows, id), typing: without(state.typing, id) };
}

/** What is known of the history does not go on. The room is to be loaded anew. */
export function foldReset(state: ChatState, id: string): ChatState {
  return inRoom(state, id, () => emptyRoom);
}

export function foldRoomPage(
  state: ChatState,
  id: string,
  { page, place }: { page: Page; place: PagePlace },
): ChatState {
  return inTimeline(state, id, (timeline) => foldPage(timeline, page, place));
}

export function foldRoomRefreshed(state: ChatState, id: string, lines: readonly Line[]): ChatState {
  return inTimeline(state, id, (timeline) => foldRefreshed(timeline, lines));
}

export function foldRoomSent(state: ChatState, message: Message): ChatState {
  return inTimeline(state, message.conversationId, (timeline) => foldSent(timeline, message));
}

export function foldRoomMembers(state: ChatState, id: string, members: readonly Member[]): ChatState {
  const listed = new Map(members.map((member) => [member.user.id, member]));
  return inRoom(state, id, (room) => ({ ...room, members: room.memberEntries.reduce(foldMember, listed) }));
}

export function foldReceipt(state: ChatState, member: Member): ChatState {
  return inRoom(state, member.conversationId, (room) => ({ ...room, members: foldMarks(room.members, member) }));
}

export function foldPresence(state: ChatState, people: readonly { id: string; presence: Presence }[]): ChatState {
  const presence = new Map(state.presence);
  for (const person of people) presence.set(person.id, person.presence);
  const gone = people.filter((person) => person.presence === 'OFFLINE').map(({ id }) => id);
  return keepTyping({ ...state, presence }, ({ user }) => !gone.includes(user.id));
}

export function foldTyping(
  state: ChatState,
  id: string,
  sign: Omit<Typist, 'until'> & { typing: boolean; now: number },
): ChatState {
  if (sign.user.id === state.meId) return state;
  const next = stopTyping(state, id, sign.user.id);
  if (!sign.typing) return next;
  const typists = [...(next.typing.get(id) ?? []), { user: sign.user, until: sign.now + typingLasts }];
  return { ...next, typing: withEntry(next.typing, id, typists) };
}

/** Forgets those of whom no sign came for a while. */
export function foldTime(state: ChatState, now: number): ChatState {
  return keepTyping(state, ({ until }) => until > now);
}

function keepTyping(state: ChatState, passes: (typist: Typist) => boolean): ChatState {
  if ([...state.typing.values()].flat().every(passes)) return state;
  const entries = [...state.typing].map(([id, typists]) => [id, typists.filter(passes)] as const);
  return { ...state, typing: new Map(entries) };
}

function foldIntoRoom(room: Room, entry: LogEntry): Room {
  const timeline = foldEntry(room.timeline, entry);
  if (!isMemberEntry(entry)) return { ...room, timeline };
  return { ...room, timeline, members: foldMember(room.members, entry), memberEntries: [...room.memberEntries, entry] };
}

function stopTyping(state: ChatState, id: string, userId: string): ChatState {
  const typists = state.typing.get(id) ?? [];
  if (!typists.some(({ user }) => user.id === userId)) return state;
  const others = typists.filter(({ user }) => user.id !== userId);
  return { ...state, typing: withEntry(state.typing, id, others) };
}

function inTimeline(state: ChatState, id: string, change: (timeline: Room['timeline']) => Room['timeline']): ChatState {
  return inRoom(state, id, (room) => ({ ...room, timeline: change(room.timeline) }));
}

function inRoom(state: ChatState, id: string, change: (room: Room) => Room): ChatState {
  const room = state.rooms.get(id);
  return room ? { ...state, rooms: withEntry(state.rooms, id, change(room)) } : state;
}

function without<V>(map: ReadonlyMap<string, V>, ...keys: readonly string[]): ReadonlyMap<string, V> {
  if (!keys.some((key) => map.has(key))) return map;
  const rest = new Map(map);
  for (const key of keys) rest.delete(key);
  return rest;
}

function withEntry<V>(map: ReadonlyMap<string, V>, key: string, value: V): ReadonlyMap<string, V> {
  return new Map(map).set(key, value);
}
