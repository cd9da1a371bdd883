import { createContext, useCallback, useContext, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { ConnectionState, OutgoingMessage } from '../../../client/index.js';
import type { ChatSession } from './chat-session.js';
import type { Presence } from '../../../generated/operations.js';
import type { ChatState, Room, Row } from './types.js';

export const SessionContext = createContext<ChatSession | undefined>(undefined);

/** The session of the person who is logged in. */
export function useSession(): ChatSession {
  const session = useContext(SessionContext);
  if (!session) throw new Error('There is no session here.');
  return session;
}

/** A part of the state. @param select must answer the same object as long as nothing changed */
export function useChatState<T>(select: (state: ChatState) => T): T {
  const { store } = useSession();
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}

export function useRow(id: string): Row | undefined {
  return useChatState((state) => state.rows.get(id));
}

export function useRoom(id: string): Room | undefined {
  return useChatState((state) => state.rooms.get(id));
}

export function useConnection(): ConnectionState {
  const { client } = useSession();
  const subscribe = useCallback((tell: () => void) => client.on('state', tell), [client]);
  return useSyncExternalStore(subscribe, () => client.state);
}

interface Seen {
  readonly id: string;
  /** As a list told it. */
  readonly presence?: Presence;
}

/** Whether somebody is there; undefined for nobody, and without a connection, for then it is not known. */
export function usePresence(person: Seen | null | undefined): Presence | undefined {
  const isLive = useConnection() === 'live';
  const told = useChatState((state) => (person ? state.presence.get(person.id) : undefined));
  return person && isLive ? (told ?? person.presence ?? 'OFFLINE') : undefined;
}

export function useOutbox(): readonly OutgoingMessage[] {
  const { client } = useSession();
  const [outbox, setOutbox] = useState(client.outbox);
  useEffect(() => {
    setOutbox(client.outbox);
    return client.on('outbox', setOutbox);
  }, [client]);
  return outbox;
}

/** Whether the page is looked at. */
export function useIsLookedAt(): boolean {
  const subscribe = useCallback((tell: () => void) => {
    const events = ['focus', 'blur', 'visibilitychange'] as const;
    for (const event of events) window.addEventListener(event, tell);
    document.addEventListener('visibilitychange', tell);
    return () => {
      for (const event of events) window.removeEventListener(event, tell);
      document.removeEventListener('visibilitychange', tell);
    };
  }, []);
  return useSyncExternalStore(subscribe, () => document.visibilityState === 'visible' && document.hasFocus());
}

/** The newest value, for callbacks that outlive a render. */
export function useLatest<T>(value: T): { readonly current: T } {
  const latest = useRef(value);
  latest.current = value;
  return latest;
}

/** What the person has begun to write in a conversation, and how to change it. */
export function useDraft(id: string): readonly [string, (content: string) => void] {
  const { drafts } = useSession();
  const draft = useSyncExternalStore(drafts.subscribe, () => drafts.get(id));
  const set = useCallback((content: string) => drafts.set(id, content), [drafts, id]);
  return [draft, set];
}
