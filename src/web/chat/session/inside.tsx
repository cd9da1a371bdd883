import { useEffect, useMemo } from 'react';
import type { UserDetailsFragment } from '../../../generated/operations.js';
import { Shell } from '../conversations/shell.js';
import { ContactsProvider } from '../people/contacts.js';
import { ChatSession } from '../state/chat-session.js';
import { SessionContext, useLatest } from '../state/hooks.js';
import { goTo } from '../ui/route.js';
import { EndContext } from './end.js';

interface InsideProps {
  readonly me: UserDetailsFragment;
  readonly onEnd: () => void;
  /** Called when the server has ended the session. */
  readonly onShutOut: () => void;
}

/** The page of somebody who is logged in, for as long as the session lasts. */
export function Inside({ me, onEnd, onShutOut }: InsideProps) {
  const id = me.id;
  // The session lives as long as the person; a changed profile is not another person.
  const session = useMemo(() => new ChatSession(me), [id]);
  useEffect(() => session.start(), [session]);
  const shutOut = useLatest(onShutOut);
  useEffect(
    () =>
      session.client.on('state', (state) => {
        if (state !== 'signed-out') return;
        void session.shutOut();
        goTo({});
        shutOut.current();
      }),
    [session, shutOut],
  );
  return (
    <SessionContext value={session}>
      <EndContext value={onEnd}>
        <ContactsProvider>
          <Shell />
        </ContactsProvider>
      </EndContext>
    </SessionContext>
  );
}
