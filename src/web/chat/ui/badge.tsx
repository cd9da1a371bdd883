import { amountOf } from '../text/catalogue.js';
import { useText } from '../text/text.js';

interface BadgeProps {
  readonly count: number;
  readonly isMuted?: boolean;
}

/** How much is unread; nothing where everything is read. */
export function Badge({ count, isMuted = false }: BadgeProps) {
  const text = useText();
  if (count === 0) return null;
  return (
    <span className="badge" data-muted={isMuted}>
      <span aria-hidden="true">{amountOf(count)}</span>
      <span className="visually-hidden">{text.plural('list.unread', count)}</span>
    </span>
  );
}
