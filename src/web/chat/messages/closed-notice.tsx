import type { ReactNode } from 'react';
import { useBlocking } from '../people/blocking.js';
import { useBlocks } from '../people/queries.js';
import { useNames } from '../state/names.js';
import type { Row } from '../state/types.js';
import { useText } from '../text/text.js';
import { Button } from '../ui/button.js';
import { Composer } from './composer.js';

/** Where one writes; or, in a chat that is closed, why, and what opens it. Who was blocked is not told. */
export function ComposerOrNotice({ row }: { readonly row: Row }) {
  const text = useText();
  const { nameOf, isGone } = useNames();
  const { blocked } = useBlocks();
  const block = useBlocking();
  const { peer } = row;
  if (peer && isGone(peer)) return <ClosedNotice text={text('chat.peerGone')} />;
  if (!peer || !blocked.some(({ id }) => id === peer.id)) return <Composer key={row.id} row={row} />;
  return (
    <ClosedNotice text={text('chat.youBlocked', { name: nameOf(peer) })}>
      <Button onClick={() => void block(peer.id, false)}>{text('chat.unblock')}</Button>
    </ClosedNotice>
  );
}

function ClosedNotice({ text, children }: { readonly text: string; readonly children?: ReactNode }) {
  return (
    <div className="closed-notice" role="status">
      <p>{text}</p>
      {children}
    </div>
  );
}
