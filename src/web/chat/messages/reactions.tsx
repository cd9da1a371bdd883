import type { Message } from '../state/types.js';
import { useText } from '../text/text.js';
import { useMessageActions } from './actions.js';

/** The reactions under a message; pressing one gives it too, or takes one's own back. */
export function Reactions({ message }: { readonly message: Message }) {
  const text = useText();
  const { react } = useMessageActions();
  if (message.reactions.length === 0 || message.removedAt !== null) return null;
  return (
    <div className="reactions">
      {message.reactions.map(({ emoji, count, byMe = false }) => (
        <button
          key={emoji}
          type="button"
          className="reaction"
          aria-pressed={byMe}
          aria-label={text.plural('message.reaction', count, { emoji })}
          onClick={() => void react(message.id, { emoji, on: !byMe })}
        >
          <span aria-hidden="true">{emoji}</span>
          <span aria-hidden="true">{count}</span>
        </button>
      ))}
    </div>
  );
}
