import { memo } from 'react';
import { useChatState, useDraft, useOutbox, usePresence, useSession } from '../state/hooks.js';
import { useNames } from '../state/names.js';
import type { Row } from '../state/types.js';
import { briefOf } from '../text/dates.js';
import { useText } from '../text/text.js';
import { Avatar } from '../ui/avatar.js';
import { Badge } from '../ui/badge.js';
import { Icon } from '../ui/icon.js';
import { hrefOf, useRoute } from '../ui/route.js';
import { unreadIn } from './unread.js';

/** One conversation of the list. */
export const ConversationRow = memo(function ConversationRow({ row }: { readonly row: Row }) {
  const { titleOf, pictureOf } = useNames();
  const { conversationId, place } = useRoute();
  const presence = usePresence(row.peer);
  const unread = row.isSpam ? 0 : row.unreadCount;
  return (
    <a
      className="row"
      href={hrefOf({ place: place === 'spam' ? 'spam' : 'chats', conversationId: row.id })}
      aria-current={conversationId === row.id ? 'page' : undefined}
      data-unread={unread > 0}
    >
      <Avatar
        id={row.peer?.id ?? row.id}
        name={titleOf(row)}
        image={pictureOf(row)}
        presence={presence}
        isGroup={row.kind === 'GROUP'}
      />
      <span className="row-text">
        <Title row={row} />
        <span className="row-line">
          <Preview row={row} />
          <Badge count={unread} amount={unreadIn(row).amount} isMuted={row.isMuted} />
        </span>
      </span>
    </a>
  );
});

function Title({ row }: { readonly row: Row }) {
  const text = useText();
  const { titleOf } = useNames();
  return (
    <span className="row-line">
      <span className="row-title" dir="auto">
        {titleOf(row)}
      </span>
      {row.isMuted && (
        <>
          <Icon name="mute" size={14} />
          <span className="visually-hidden">{text('list.muted')}</span>
        </>
      )}
      <time dateTime={row.updatedAt}>{briefOf(row.lastMessage?.createdAt ?? row.updatedAt, text.language)}</time>
    </span>
  );
}

/** What stands under the title: what goes on there, else what is not sent, else the draft, else the last message. */
function Preview({ row }: { readonly row: Row }) {
  const text = useText();
  const [draft] = useDraft(row.id);
  const outgoing = useOutbox().filter(({ conversationId }) => conversationId === row.id);
  const isTyping = useChatState((state) => (state.typing.get(row.id)?.length ?? 0) > 0);
  const failed = outgoing.find(({ status }) => status === 'failed');
  const last = outgoing.at(-1);
  if (failed) {
    return (
      <span className="row-preview fault" dir="auto">
        <Icon name="warning" size={14} /> {text('list.failed', { text: failed.content })}
      </span>
    );
  }
  if (isTyping) return <span className="row-preview accent">{text('list.typing')}</span>;
  if (draft !== '') return <span className="row-preview draft">{text('list.draft', { text: draft })}</span>;
  if (!last) return <LastMessage row={row} />;
  return (
    <span className="row-preview" dir="auto">
      <Icon name="clock" size={14} /> <span className="visually-hidden">{text(`message.${last.status}`)} </span>
      {text('list.you', { text: last.content })}
    </span>
  );
}

function LastMessage({ row }: { readonly row: Row }) {
  const text = useText();
  const { nameOf } = useNames();
  const { me } = useSession();
  const { lastMessage } = row;
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
