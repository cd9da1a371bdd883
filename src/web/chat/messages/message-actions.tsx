import { useState } from 'react';
import { useSession } from '../state/hooks.js';
import type { Message, Row } from '../state/types.js';
import { useText } from '../text/text.js';
import { IconButton } from '../ui/button.js';
import { copyText } from '../ui/clipboard.js';
import { Confirm } from '../ui/dialog.js';
import { useFaults } from '../ui/faults.js';
import { Menu, type MenuItem } from '../ui/menu.js';
import { useMessageActions } from './actions.js';
import { useAim } from './aim.js';
import { EmojiMenu } from './emoji-menu.js';
import { MessageInfo } from './message-info.js';

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
  const [isDetailed, setDetailed] = useState(false);
  const copy = useCopying(message.content);
  const isMine = message.from.id === me.id;
  const mayRemove = isMine || (row.kind === 'GROUP' && row.me.role !== 'MEMBER');
  const items: (MenuItem | false)[] = [
    { label: text('message.copy'), icon: 'copy', onSelect: copy },
    { label: text('message.info'), icon: 'info', onSelect: () => setDetailed(true) },
    isMine && { label: text('message.edit'), icon: 'edit', onSelect: () => setAim({ kind: 'edit', message }) },
    mayRemove && { label: text('message.remove'), icon: 'trash', isDanger: true, onSelect: () => setAsking(true) },
  ];
  return (
    <div className="message-actions" data-open={isDetailed || isAsking}>
      <EmojiMenu
        onChoose={(emoji) => {
          const isGiven = message.reactions.some((reaction) => reaction.emoji === emoji && reaction.byMe);
          void react(message.id, { emoji, on: !isGiven });
        }}
      />
      <IconButton icon="reply" label={text('message.reply')} onClick={() => setAim({ kind: 'reply', message })} />
      <Menu label={text('action.more')} items={items.filter((item) => item !== false)} />
      {isDetailed && <MessageInfo message={message} row={row} onClose={() => setDetailed(false)} />}
      {isAsking && (
        <Confirm
          title={text('message.remove')}
          quoted={message.content}
          text={text('message.removeText')}
          action={text('message.remove')}
          onConfirm={() => void remove(message.id)}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );
}

function useCopying(content: string): () => void {
  const text = useText();
  const { say } = useFaults();
  return () =>
    void copyText(content).then(
      () => say(text('message.copied')),
      () => say(text('message.copyFailed')),
    );
}
