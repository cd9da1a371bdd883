import { useEffect } from 'react';
import { usePreferences } from '../settings/preferences.js';
import { useChatState, useLatest, useSession } from '../state/hooks.js';
import { useNames } from '../state/names.js';
import type { ChatState, LogEntry, Row } from '../state/types.js';
import { amountOf } from '../text/catalogue.js';
import { goTo } from '../ui/route.js';

/** The longest piece of a message in a notification, in characters. */
const longest = 200;

/** How many unread messages wait, without muted conversations and spam. */
export function useUnread(except?: string): number {
  return useChatState((state) => unreadOf(state, except));
}

function unreadOf({ rows }: ChatState, except: string | undefined): number {
  let sum = 0;
  for (const { id, isMuted, isSpam, unreadCount } of rows.values()) {
    if (!isMuted && !isSpam && id !== except) sum += unreadCount;
  }
  return sum;
}

/** Says in the browser's tab that something is unread, and tells of new messages while nobody looks. */
export function useAttention(): void {
  useTab(useUnread());
  useNotifications();
}

function useTab(unread: number): void {
  useEffect(() => {
    document.title = unread > 0 ? `(${amountOf(unread)}) Chatset` : 'Chatset';
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    const plain = icon?.href;
    if (!icon || plain === undefined || unread === 0) return undefined;
    const dot = "%3Ccircle cx='25' cy='7' r='7' fill='%23e5484d'/%3E";
    icon.href = plain.replace('%3C/svg%3E', `${dot}%3C/svg%3E`);
    return () => void (icon.href = plain);
  }, [unread]);
  useEffect(() => () => void (document.title = 'Chatset'), []);
}

function useNotifications(): void {
  const { client, store, me } = useSession();
  const { notifications } = usePreferences();
  const tell = useLatest(useTeller());
  useEffect(() => {
    if (!notifications) return undefined;
    return client.on('event', (entry) => {
      const isNews = entry.type === 'MESSAGE_ADDED' && entry.actor?.id !== me.id && client.state === 'live';
      const row = store.get().rows.get(entry.conversationId);
      if (isNews && row && !row.isMuted && !row.isSpam && document.visibilityState === 'hidden')
        tell.current(row, entry);
    });
  }, [client, me.id, notifications, store, tell]);
}

function useTeller(): (row: Row, entry: LogEntry) => void {
  const { nameOf, titleOf } = useNames();
  return (row, { actor, message }) => {
    if (!message || !actor || !('Notification' in window) || Notification.permission !== 'granted') return;
    const content = message.content.slice(0, longest);
    const body = row.kind === 'GROUP' ? `${nameOf(actor)}: ${content}` : content;
    const notification = new Notification(titleOf(row), { body, tag: row.id });
    notification.onclick = () => {
      window.focus();
      goTo({ conversationId: row.id });
      notification.close();
    };
  };
}
