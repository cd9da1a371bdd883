import { useChatState } from '../state/hooks.js';
import { useIsHeldBack } from './held-back.js';
import { useNames } from '../state/names.js';
import { Icon } from '../ui/icon.js';
import { useText } from '../text/text.js';

/** Who is writing; or that what the person has sent waits for the server. */
export function TypingLine({ id }: { readonly id: string }) {
  const { nameOf } = useNames();
  const text = useText();
  const isHeldBack = useIsHeldBack(id);
  const typists = useChatState((state) => state.typing.get(id));
  const [first, second] = (typists ?? []).map(({ user }) => nameOf(user));
  const count = typists?.length ?? 0;
  if (isHeldBack) {
    return (
      <p className="typing-line" aria-live="polite">
        <Icon name="clock" size={14} /> {text('message.held')}
      </p>
    );
  }
  return (
    <p className="typing-line" aria-live="polite">
      {count > 0 && (
        <span className="typing-dots" aria-hidden="true">
          <i />
          <i />
          <i />
        </span>
      )}
      {count === 1 && text('typing.one', { name: first ?? '' })}
      {count === 2 && text('typing.two', { name: first ?? '', other: second ?? '' })}
      {count > 2 && text('typing.many')}
    </p>
  );
}
