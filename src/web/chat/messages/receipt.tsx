import { useNames } from '../state/names.js';
import type { Message, Row } from '../state/types.js';
import { useText } from '../text/text.js';
import { Icon } from '../ui/icon.js';
import { useProgress } from './progress.js';

/** How many people are named before the rest is counted. */
const mostNamed = 5;

/** How far one's own message has come: sent, delivered to everybody, or read. */
export function Receipt({ message, row }: { readonly message: Message; readonly row: Row }) {
  const text = useText();
  const { nameOf } = useNames();
  const { read, delivered, sent } = useProgress(message);
  const hasReached = read.length + delivered.length > 0 && sent.length === 0;
  const isRead = hasReached && delivered.length === 0;
  const state = isRead ? 'read' : hasReached ? 'delivered' : 'sent';
  const named = read.slice(0, mostNamed).map(({ user }) => nameOf(user));
  const names = [...named, ...(read.length > mostNamed ? [`+${read.length - mostNamed}`] : [])].join(', ');
  const label = row.kind === 'GROUP' && names !== '' ? text('message.readBy', { names }) : text(`message.${state}`);
  return (
    <span className="receipt" data-state={state} role="img" aria-label={label} title={label}>
      <Icon name={state === 'sent' ? 'check' : 'checks'} size={15} />
    </span>
  );
}
