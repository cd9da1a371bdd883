import { memo } from 'react';
import { useChatState, useDraft, useSession } from '../state/hooks.js';
import { nameOf, titleOf } from '../state/names.js';
import type { Row } from '../state/types.js';
import { briefOf } from '../text/dates.js';
import { useText } from '../text/text.js';
import { Avatar } from '../ui/avatar.js';
import { Icon } from '../ui/icon.js';
import { hrefOf, useRoute } from '../ui/route.js';

/** One conversation of the list. */
export const ConversationRow = memo(function ConversationRow({ row }: { readonly row: Row }) {
  const text = useText();
  const { conversationId, place } = useRoute();
  const title = titleOf(row);
  const presence = useChatState((state) => (row.peer ? state.presence.get(row.peer.id) : undefined));
  const unread = row.isSpam ? 0 : row.unreadCount;
  return (
    <a
      className="row"
      href={hrefOf({ place: place === 'spam' ? 'spam' : 'chats', conversationId: row.id })}
      aria-current={conversationId === row.id ? 'page' : undefined}
      data-unread={unread > 0}
    >
      <Avatar id={row.peer?.id ?? row.id} name={title} presence={presence} isGroup={row.kind === 'GROUP'} />
      <span className="row-text">
        <span className="row-line">
          <span className="row-title" dir="auto">
            {title}
          </span>
          {row.isMuted && (
            <>
              <Icon name="mute" size={14} />
              <span className="sr-only">{text('list.muted')}</span>
            </>
          )}
          <time dateTime={row.updatedAt}>{briefOf(row.lastMessage?.createdAt ?? row.updatedAt, text.language)}</time>
        </span>
        <span className="row-line">
          <Preview row={row} />
          {unread > 0 && (
            <span className="badge" data-muted={row.isMuted}>
              <span aria-hidden="true">{unread > 99 ? '99+' : unread}</span>
              <span className="sr-only">{text.plural('list.unread', unread)}</span>
            </span>
          )}
        </span>
      </span>
    </a>
  );
});

function Preview({ row }: { readonly row: Row }) {
  const text = useText();
  const { me } = useSession();
  const [draft] = useDraft(row.id);
  const isTyping = useChatState((state) => (state.typing.get(row.id)?.length ?? 0) > 0);
  const { lastMessage } = row;
  if (isTyping) return <span className="row-preview accent">{text('list.typing')}</span>;
  if (draft !== '') return <span className="row-preview draft">{text('list.draft', { text: draft })}</span>;
  if (!lastMessage) return <span className="row-preview">{text('list.noMessages')}</span>;
  if (lastMessage.removedAt !== null) return <span className="row-preview">{text('list.removed')}</span>;
  const { content, from } = lastMessage;
  const isMine = from.id === me.id;
  const shown = isMine ? text('list.you', { text: content }) : content;
  return (
    <span className="row-preview" dir="auto">
      {row.kind === 'GROUP' && !isMine ? `${nameOf(from)}: ${content}` : shown}
    </span>
  );
}
