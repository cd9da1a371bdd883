import { useState } from 'react';
import { useSession } from '../state/hooks.js';
import type { Message, Row } from '../state/types.js';
import { useText } from '../text/text.js';
import { IconButton } from '../ui/button.js';
import { Confirm } from '../ui/dialog.js';
import { Menu, type MenuItem } from '../ui/menu.js';
import { useMessageActions } from './actions.js';
import { useAim } from './aim.js';
import { EmojiMenu } from './emoji-menu.js';

interface MessageActionsProps {
  readonly message: Message;
  readonly row: Row;
}

/** The small bar beside a message. */
export function MessageActions({ message, row }: MessageActionsProps) {
  const text = useText();
  const { me } = useSession();
  const { setAim } = useAim();
  const { react, remove } = useMessageActions();
  const [isAsking, setAsking] = useState(false);
  const isMine = message.from.id === me.id;
  const mayRemove = isMine || (row.kind === 'GROUP' && row.me.role !== 'MEMBER');
  const items: (MenuItem | false)[] = [
    { label: text('message.copy'), onSelect: () => void navigator.clipboard.writeText(message.content) },
    isMine && { label: text('message.edit'), icon: 'edit', onSelect: () => setAim({ kind: 'edit', message }) },
    mayRemove && { label: text('message.remove'), icon: 'trash', isDanger: true, onSelect: () => setAsking(true) },
  ];
  return (
    <div className="message-actions">
      <EmojiMenu
        onChoose={(emoji) => {
          const isGiven = message.reactions.some((reaction) => reaction.emoji === emoji && reaction.byMe);
          void react(message.id, { emoji, on: !isGiven });
        }}
      />
      <IconButton icon="reply" label={text('message.reply')} onClick={() => setAim({ kind: 'reply', message })} />
      <Menu label={text('action.more')} items={items.filter((item) => item !== false)} />
      {isAsking && (
        <Confirm
          title={text('message.remove')}
          text={text('message.removeText')}
          action={text('message.remove')}
          onConfirm={() => void remove(message.id)}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );
}
