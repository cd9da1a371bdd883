import { useState } from 'react';
import { useBlocks } from '../people/queries.js';
import { nameOf } from '../state/names.js';
import type { Row } from '../state/types.js';
import { useText } from '../text/text.js';
import { Confirm } from '../ui/dialog.js';
import { Field } from '../ui/field.js';
import { Menu, type MenuItem } from '../ui/menu.js';
import { useConversationActions } from './actions.js';

type Question = 'remove' | 'spam' | 'block' | 'leave' | 'delete';

/** The menu of a conversation; what cannot be taken back is asked first. */
export function ConversationMenu({ row }: { readonly row: Row }) {
  const text = useText();
  const actions = useConversationActions(row);
  const { blocked } = useBlocks();
  const [question, setQuestion] = useState<Question>();
  const { peer, isMuted, isSpam, me } = row;
  const isGroup = row.kind === 'GROUP';
  const isBlocked = peer !== null && blocked.some(({ id }) => id === peer.id);
  const items: (MenuItem | false)[] = [
    { label: text(isMuted ? 'chat.unmute' : 'chat.mute'), icon: 'mute', onSelect: () => void actions.mute(!isMuted) },
    !isSpam && { label: text('spam.mark'), icon: 'shield', onSelect: () => setQuestion('spam') },
    isSpam && { label: text('spam.clear'), icon: 'shield', onSelect: () => void actions.clearSpam() },
    { label: text('chat.remove'), icon: 'trash', onSelect: () => setQuestion('remove') },
    peer !== null &&
      isBlocked && { label: text('chat.unblock'), icon: 'check', onSelect: () => void actions.block(peer.id, false) },
    peer !== null &&
      !isBlocked && {
        label: text('chat.block', { name: nameOf(peer) }),
        icon: 'warning',
        isDanger: true,
        onSelect: () => setQuestion('block'),
      },
    isGroup && { label: text('group.leave'), icon: 'back', isDanger: true, onSelect: () => setQuestion('leave') },
    isGroup &&
      me.role === 'OWNER' && {
        label: text('group.delete'),
        icon: 'trash',
        isDanger: true,
        onSelect: () => setQuestion('delete'),
      },
  ];
  return (
    <>
      <Menu label={text('action.more')} items={items.filter((item) => item !== false)} />
      {question && <AskFirst row={row} question={question} onClose={() => setQuestion(undefined)} />}
    </>
  );
}

interface AskFirstProps {
  readonly row: Row;
  readonly question: Question;
  readonly onClose: () => void;
}

function AskFirst({ row, question, onClose }: AskFirstProps) {
  const text = useText();
  const actions = useConversationActions(row);
  const [reason, setReason] = useState('');
  const name = row.peer ? nameOf(row.peer) : '';
  const questions = {
    remove: { action: text('chat.remove'), text: text('chat.removeText'), run: actions.remove },
    spam: { action: text('spam.mark'), text: text('spam.markText'), run: () => actions.markSpam(reason.trim()) },
    block: {
      action: text('chat.block', { name }),
      text: text('chat.blockText'),
      run: () => actions.block(row.peer?.id ?? '', true),
    },
    leave: { action: text('group.leave'), text: text('group.leaveText'), run: actions.leave },
    delete: { action: text('group.delete'), text: text('group.deleteText'), run: actions.deleteGroup },
  };
  const { action, text: explanation, run } = questions[question];
  return (
    <Confirm title={action} text={explanation} action={action} onConfirm={() => void run()} onClose={onClose}>
      {question === 'spam' && (
        <Field
          label={text('spam.reason')}
          isOptional
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.target.value)}
        />
      )}
    </Confirm>
  );
}
