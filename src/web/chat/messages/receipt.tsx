import { useRoom, useSession } from '../state/hooks.js';
import type { Message, Row } from '../state/types.js';
import { useText } from '../text/text.js';
import { Icon } from '../ui/icon.js';

/** How far one's own message has come: sent, delivered to everybody, or read. */
export function Receipt({ message: { seq }, row }: { readonly message: Message; readonly row: Row }) {
  const text = useText();
  const { me } = useSession();
  const members = useRoom(row.id)?.members;
  // Who joined later cannot see the message, however far it has read since.
  const others = [...(members?.values() ?? [])].filter(({ user, joinedSeq }) => user.id !== me.id && joinedSeq <= seq);
  const readers = others.filter(({ readSeq }) => readSeq >= seq).length;
  const isDelivered = others.length > 0 && others.every(({ deliveredSeq }) => deliveredSeq >= seq);
  const isRead = others.length > 0 && readers === others.length;
  const state = isRead ? 'read' : isDelivered ? 'delivered' : 'sent';
  const label =
    row.kind === 'GROUP' && readers > 0 ? text('message.readBy', { count: readers }) : text(`message.${state}`);
  return (
    <span className="receipt" data-state={state} role="img" aria-label={label} title={label}>
      <Icon name={state === 'sent' ? 'check' : 'checks'} size={15} />
    </span>
  );
}
