import { useState } from 'react';
import { useNames } from '../state/names.js';
import type { Message } from '../state/types.js';
import { useText } from '../text/text.js';
import { useMessageActions } from './actions.js';
import { useReactors } from './reactors.js';

/** The reactions under a message; pressing one gives it too, or takes one's own back. */
export function Reactions({ message }: { readonly message: Message }) {
  const text = useText();
  const { react } = useMessageActions();
  const [isWanted, setWanted] = useState(false);
  const namesOf = useReactorNames(message, isWanted);
  if (message.reactions.length === 0 || message.removedAt !== null) return null;
  return (
    <div className="reactions" onMouseEnter={() => setWanted(true)} onFocus={() => setWanted(true)}>
      {message.reactions.map(({ emoji, count, byMe = false }) => (
        <button
          key={emoji}
          type="button"
          className="reaction"
          aria-pressed={byMe}
          title={namesOf(emoji)}
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

/** The names of those who gave an emoji, for whoever points at it. */
function useReactorNames(message: Message, isWanted: boolean): (emoji: string) => string | undefined {
  const { language } = useText();
  const { nameOf } = useNames();
  const { reactors } = useReactors(message, isWanted);
  return (emoji) => {
    const users = reactors.find((reaction) => reaction.emoji === emoji)?.users;
    return users && new Intl.ListFormat(language).format(users.map(nameOf));
  };
}
