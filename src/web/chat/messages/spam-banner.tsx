import { useConversationActions } from '../conversations/actions.js';
import type { Row } from '../state/types.js';
import { useText } from '../text/text.js';
import { Button } from '../ui/button.js';

export function SpamBanner({ row }: { readonly row: Row }) {
  const text = useText();
  const actions = useConversationActions(row);
  return (
    <div className="spam-banner">
      <p>{text('spam.banner')}</p>
      <Button onClick={() => void actions.clearSpam()}>{text('spam.clear')}</Button>
    </div>
  );
}
