import { useChatState } from '../state/hooks.js';
import { useNames } from '../state/names.js';
import { useText } from '../text/text.js';

/** Who is writing. */
export function TypingLine({ id }: { readonly id: string }) {
  const { nameOf } = useNames();
  const text = useText();
  const typists = useChatState((state) => state.typing.get(id));
  const [first, second] = (typists ?? []).map(({ user }) => nameOf(user));
  const count = typists?.length ?? 0;
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
