import { useText } from '../text/text.js';

interface BadgeProps {
  readonly count: number;
  /** The count as people read it. */
  readonly amount: string;
  readonly isMuted?: boolean;
}

/** How much is unread; nothing where everything is read. */
export function Badge({ count, amount, isMuted = false }: BadgeProps) {
  const text = useText();
  if (count === 0) return null;
  return (
    <span className="badge" data-muted={isMuted}>
      <span aria-hidden="true">{amount}</span>
      <span className="visually-hidden">{text.plural('list.unread', count, { amount })}</span>
    </span>
  );
}
