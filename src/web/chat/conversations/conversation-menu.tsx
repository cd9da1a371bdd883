import { type ReactNode, useState } from 'react';
import { useBlocking } from '../people/blocking.js';
import { useBlocks } from '../people/queries.js';
import { useRoom } from '../state/hooks.js';
import { heirOf } from '../state/members.js';
import { useNames } from '../state/names.js';
import type { Row } from '../state/types.js';
import { useText } from '../text/text.js';
import { Confirm } from '../ui/dialog.js';
import { Field } from '../ui/field.js';
import { Icon } from '../ui/icon.js';
import { Menu, type MenuItem } from '../ui/menu.js';
import { useConversationActions } from './actions.js';

type Question = 'remove' | 'spam' | 'block' | 'leave' | 'delete';

/** The menu of a conversation. */
export function ConversationMenu({ row }: { readonly row: Row }) {
  const text = useText();
  const { items, question } = useConversationItems(row);
  return (
    <>
      <Menu label={text('action.more')} items={items} />
      {question}
    </>
  );
}

/** The same as tiles that stand side by side. */
export function ConversationActions({ row }: { readonly row: Row }) {
  const { items, question } = useConversationItems(row);
  return (
    <div className="details-actions">
      {items.map(({ label, icon, isDanger, onSelect }) => (
        <button key={label} type="button" className={isDanger ? 'tile danger' : 'tile'} onClick={onSelect}>
          {icon && <Icon name={icon} />}
          {label}
        </button>
      ))}
      {question}
    </div>
  );
}

/** What can be done with a conversation; what cannot be taken back is asked first. */
function useConversationItems(row: Row): { readonly items: readonly MenuItem[]; readonly question: ReactNode } {
  const [question, setQuestion] = useState<Question>();
  const items = [
    ...useOwnItems(row, setQuestion),
    ...usePeerItems(row, setQuestion),
    ...useGroupItems(row, setQuestion),
  ];
  const asked = question && <AskFirst row={row} question={question} onClose={() => setQuestion(undefined)} />;
  return { items, question: asked };
}

type Ask = (question: Question) => void;

function useOwnItems(row: Row, ask: Ask): readonly MenuItem[] {
  const text = useText();
  const actions = useConversationActions(row);
  const { isMuted, isSpam } = row;
  const mute: MenuItem = isMuted
    ? { label: text('chat.unmute'), icon: 'bell', onSelect: () => void actions.mute(false) }
    : { label: text('chat.mute'), icon: 'mute', onSelect: () => void actions.mute(true) };
  const spam: MenuItem = isSpam
    ? { label: text('spam.clear'), icon: 'shield', onSelect: () => void actions.clearSpam() }
    : { label: text('spam.mark'), icon: 'shield', onSelect: () => ask('spam') };
  return [mute, spam, { label: text('chat.remove'), icon: 'unlist', onSelect: () => ask('remove') }];
}

function usePeerItems({ peer }: Row, ask: Ask): readonly MenuItem[] {
  const { nameOf, isGone } = useNames();
  const text = useText();
  const block = useBlocking();
  const { blocked } = useBlocks();
  if (!peer || isGone(peer)) return [];
  if (blocked.some(({ id }) => id === peer.id)) {
    return [{ label: text('chat.unblock'), icon: 'check', onSelect: () => void block(peer.id, false) }];
  }
  const label = text('chat.block', { name: nameOf(peer) });
  return [{ label, icon: 'warning', isDanger: true, onSelect: () => ask('block') }];
}

function useGroupItems({ kind, me }: Row, ask: Ask): readonly MenuItem[] {
  const text = useText();
  if (kind !== 'GROUP') return [];
  const leave: MenuItem = { label: text('group.leave'), icon: 'leave', isDanger: true, onSelect: () => ask('leave') };
  const remove: MenuItem = {
    label: text('group.delete'),
    icon: 'trash',
    isDanger: true,
    onSelect: () => ask('delete'),
  };
  return me.role === 'OWNER' ? [leave, remove] : [leave];
}

/** What leaving a group does; of its owner also who gets it, for the last member that it ends. */
function useLeaveText(row: Row): string {
  const text = useText();
  const { nameOf, isGone } = useNames();
  const members = useRoom(row.id)?.members;
  if (row.me.role !== 'OWNER' || !members) return text('group.leaveText');
  const heir = heirOf([...members.values()].filter(({ user }) => user.id !== row.me.user.id && !isGone(user)));
  if (!heir) return text('group.leaveLastText');
  return `${text('group.leaveText')} ${text('group.leaveOwnerText', { name: nameOf(heir.user) })}`;
}

interface AskFirstProps {
  readonly row: Row;
  readonly question: Question;
  readonly onClose: () => void;
}

function AskFirst({ row, question, onClose }: AskFirstProps) {
  const { nameOf } = useNames();
  const text = useText();
  const actions = useConversationActions(row);
  const block = useBlocking();
  const leaveText = useLeaveText(row);
  const [reason, setReason] = useState('');
  const name = row.peer ? nameOf(row.peer) : '';
  const questions = {
    remove: { action: text('chat.remove'), text: text('chat.removeText'), run: actions.remove },
    spam: { action: text('spam.mark'), text: text('spam.markText'), run: () => actions.markSpam(reason.trim()) },
    block: {
      action: text('chat.block', { name }),
      text: text('chat.blockText'),
      run: () => block(row.peer?.id ?? '', true),
    },
    leave: { action: text('group.leave'), text: leaveText, run: actions.leave },
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
          maxLength={1_000}
          onChange={(event) => setReason(event.target.value)}
        />
      )}
    </Confirm>
  );
}
