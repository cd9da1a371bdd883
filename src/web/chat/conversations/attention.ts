import { useEffect } from 'react';
import { usePreferences } from '../settings/preferences.js';
import { useLatest, useSession } from '../state/hooks.js';
import { useNames } from '../state/names.js';
import type { LogEntry, Row } from '../state/types.js';
import { goTo } from '../ui/route.js';
import { type Unread, useUnread } from './unread.js';

/** The longest piece of a message in a notification, in characters. */
const longest = 200;

/** Says in the browser's tab that something is unread, and tells of new messages while nobody looks. */
export function useAttention(): void {
  useTab(useUnread());
  useNotifications();
}

function useTab({ count, amount }: Unread): void {
  useEffect(() => {
    document.title = count > 0 ? `(${amount}) Chatset` : 'Chatset';
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    const plain = icon?.href;
    if (!icon || plain === undefined || count === 0) return undefined;
    const dot = "%3Ccircle cx='25' cy='7' r='7' fill='%23e5484d'/%3E";
    icon.href = plain.replace('%3C/svg%3E', `${dot}%3C/svg%3E`);
    return () => void (icon.href = plain);
  }, [count, amount]);
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
