import { usePresence } from '../state/hooks.js';
import { useNames } from '../state/names.js';
import type { Row } from '../state/types.js';
import { useUnread } from '../conversations/unread.js';
import { ConversationMenu } from '../conversations/conversation-menu.js';
import { useText } from '../text/text.js';
import { Avatar } from '../ui/avatar.js';
import { IconButton } from '../ui/button.js';
import { goTo, useRoute } from '../ui/route.js';

/** Who it is with, and what can be done with the whole. */
export function ChatHeader({ row }: { readonly row: Row }) {
  const { titleOf, pictureOf, isGone } = useNames();
  const text = useText();
  const { place, isInfo } = useRoute();
  const presence = usePresence(row.peer);
  const isGroup = row.kind === 'GROUP';
  const below = isGroup ? text.plural('group.members', row.memberCount) : presence && text(`presence.${presence}`);
  return (
    <header className="chat-head">
      <Back row={row} />
      <Avatar
        id={row.peer?.id ?? row.id}
        name={titleOf(row)}
        image={pictureOf(row)}
        presence={presence}
        isGroup={isGroup}
      />
      <div className="chat-head-text">
        <h1 id="chat-title" dir="auto">
          {titleOf(row)}
        </h1>
        {!(row.peer && isGone(row.peer)) && <p className="muted">{below}</p>}
      </div>
      <IconButton
        icon="info"
        label={text('chat.info')}
        aria-pressed={isInfo}
        onClick={() => goTo({ place, conversationId: row.id, isInfo: !isInfo })}
      />
      <ConversationMenu row={row} />
    </header>
  );
}

/** The way back to the list, on a phone; what is unread there stands beside it. */
function Back({ row }: { readonly row: Row }) {
  const text = useText();
  const { place } = useRoute();
  const { count, amount } = useUnread(row.id);
  return (
    <span className="phone-only back">
      <IconButton
        icon="back"
        label={count > 0 ? text.plural('list.elsewhere', count, { amount }) : text('action.back')}
        onClick={() => goTo({ place })}
      />
      {count > 0 && (
        <span className="badge" aria-hidden="true">
          {amount}
        </span>
      )}
    </span>
  );
}
