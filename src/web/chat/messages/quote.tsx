import { useNames } from '../state/names.js';
import type { Message } from '../state/types.js';
import { useText } from '../text/text.js';
import { useJumping } from './jump.js';

type Quoted = NonNullable<Message['replyTo']>;

/** The message that another one answers; pressing it goes there, and a press without a pointer takes the focus along. */
export function Quote({ replyTo }: { readonly replyTo: Quoted }) {
  const { nameOf } = useNames();
  const text = useText();
  const { to } = useJumping();
  const content = replyTo.removedAt === null ? replyTo.content : text('message.removed');
  const name = nameOf(replyTo.from);
  return (
    <button type="button" className="quote" onClick={({ detail }) => to(replyTo.seq, { hasFocus: detail === 0 })}>
      <span className="visually-hidden">{text('message.jump')} </span>
      <span className="quote-name" dir="auto">
        {name}
      </span>
      <span className="quote-text" dir="auto">
        {content}
      </span>
    </button>
  );
}
