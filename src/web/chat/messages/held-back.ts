import { useEffect, useState } from 'react';
import { useOutbox } from '../state/hooks.js';

/**
 * Whether the server holds back what the person sends to a conversation, because it was too much at once. It stays so
 * until all of it has gone: between two breaks some of it is taken.
 */
export function useIsHeldBack(conversationId: string): boolean {
  const waiting = useOutbox().filter(
    (message) => message.conversationId === conversationId && message.status !== 'failed',
  );
  const isRefused = waiting.some(({ heldBy }) => heldBy === 'RATE_LIMITED');
  const isOver = waiting.length === 0;
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (isRefused) setHeld(true);
    else if (isOver) setHeld(false);
  }, [isRefused, isOver]);
  return isHeld;
}
