import { useNames } from '../state/names.js';
import type { LogEntry } from '../state/types.js';
import type { TextKey } from '../text/catalogue.js';
import { useText } from '../text/text.js';

/** Something that happened to the conversation. */
export function NoticeView({ notice }: { readonly notice: LogEntry }) {
  const { nameOf } = useNames();
  const text = useText();
  const actor = notice.actor ? nameOf(notice.actor) : '';
  const user = notice.user ? nameOf(notice.user) : '';
  return (
    <p className="line-note" dir="auto">
      {text(keyOf(notice), { actor, user, title: notice.title ?? '' })}
    </p>
  );
}

function keyOf({ type, actor, user, title }: LogEntry): TextKey {
  if (type === 'MEMBER_REMOVED' && actor?.id === user?.id) return 'notice.MEMBER_LEFT';
  if (type === 'CONVERSATION_CHANGED' && title !== null) return 'notice.RENAMED';
  const known = `notice.${type}` as TextKey;
  return known;
}
