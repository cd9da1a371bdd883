import { useSyncExternalStore } from 'react';

/**
 * What the page shows, as its address says: `#/chats/ID`, `#/chats/ID/info`, `#/people`, `#/spam`, `#/settings`,
 * `#/reports`. Only chats and spam have conversations.
 */
export interface Route {
  readonly place: 'chats' | 'people' | 'spam' | 'settings' | 'reports';
  readonly conversationId?: string;
  readonly isInfo: boolean;
}

export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  return routeOf(hash);
}

export function goTo(route: Partial<Route>): void {
  location.hash = hrefOf(route);
}

/** Goes back to the list, when the page still shows this conversation. @returns whether it did */
export function leavePlace(conversationId: string): boolean {
  const isHere = routeOf(location.hash).conversationId === conversationId;
  if (isHere) goTo({});
  return isHere;
}

export function hrefOf({ place = 'chats', conversationId, isInfo }: Partial<Route>): string {
  const parts = [place, conversationId, isInfo && 'info'].filter((part) => typeof part === 'string');
  return `#/${parts.join('/')}`;
}

function routeOf(hash: string): Route {
  const [, place = '', conversationId, info] = hash.split('/');
  const known = (['people', 'spam', 'settings', 'reports'] as const).find((name) => name === place) ?? 'chats';
  if (!conversationId || !['chats', 'spam'].includes(known)) return { place: known, isInfo: false };
  return { place: known, conversationId, isInfo: info === 'info' };
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}
