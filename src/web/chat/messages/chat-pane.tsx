import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ConversationDocument } from '../../../generated/operations.js';
import { ChatRequestError } from '../../../client/index.js';
import { DetailsPanel } from '../people/details-panel.js';
import { useConnection, useRoom, useRow, useSession } from '../state/hooks.js';
import type { Ending, Row } from '../state/types.js';
import { useText } from '../text/text.js';
import { goTo, useRoute } from '../ui/route.js';
import { Button } from '../ui/button.js';
import { Empty, Failed, Loading } from '../ui/states.js';
import { ChatHeader } from './chat-header.js';
import { ComposerOrNotice } from './closed-notice.js';
import { AimContext, useAiming } from './aim.js';
import { JumpContext, useJump } from './jump.js';
import { SpamBanner } from './spam-banner.js';
import { TypingLine } from './typing-line.js';
import { TimelineView } from './timeline-view.js';

/** One conversation: its head, its messages, what one writes, and its details beside it. */
export function ChatPane({ id }: { readonly id: string }) {
  const row = useRow(id);
  const room = useRoom(id);
  const session = useSession();
  const text = useText();
  const { error, refetch } = useQuery({
    queryKey: ['conversation', id],
    enabled: !row && !room?.ending,
    queryFn: () =>
      session.client.request(ConversationDocument, { id }).then(({ conversation }) => {
        if (conversation) session.know([conversation]);
        return true;
      }),
    retry: false,
    staleTime: 0,
  });
  const connection = useConnection();
  const isLive = connection === 'live';
  useEffect(() => {
    if (isLive && error) void refetch();
    // Only a connection that has come back is a reason to ask again.
  }, [isLive]);
  const isMissing = error instanceof ChatRequestError && ['NOT_FOUND', 'BAD_USER_INPUT'].includes(error.code);
  if (room?.ending) return <Ended ending={room.ending} />;
  if (!row && isMissing) return <Away title={text('chat.missing')} text={text('chat.missingText')} />;
  if (!row && error && isLive) return <Failed error={error} retry={() => void refetch()} />;
  return row ? <Chat row={row} /> : <Loading />;
}

function Chat({ row }: { readonly row: Row }) {
  const { isInfo } = useRoute();
  const aiming = useAiming();
  const [unreadAfter] = useState(row.unreadCount > 0 ? row.me.readSeq : undefined);
  const opening = useOpening(row, unreadAfter);
  const jump = useJump(row.id);
  return (
    <JumpContext value={jump}>
      <AimContext value={aiming}>
        <div className="chat" data-info={isInfo}>
          <section className="chat-main" aria-labelledby="chat-title">
            <ChatHeader row={row} />
            {row.isSpam && <SpamBanner row={row} />}
            {opening.fault ? (
              <Failed error={opening.fault} retry={opening.retry} />
            ) : (
              <TimelineView row={row} unreadAfter={unreadAfter} />
            )}
            <TypingLine id={row.id} />
            {!row.isSpam && <ComposerOrNotice row={row} />}
          </section>
          {isInfo && <DetailsPanel row={row} />}
        </div>
      </AimContext>
    </JumpContext>
  );
}

/** Loads the room: its newest end, or where the person had stopped to read. */
function useOpening({ id, unreadCount }: Row, unreadAfter: number | undefined) {
  const session = useSession();
  const connection = useConnection();
  const [error, setError] = useState<unknown>();
  const [tries, setTries] = useState(0);
  const isFar = unreadAfter !== undefined && unreadCount > 40;
  useEffect(() => {
    setError(undefined);
    session.history.open(id, isFar ? unreadAfter + 1 : undefined).catch(setError);
    // The place is chosen once, when the room is opened.
  }, [session, id, tries]);
  useEffect(() => {
    if (connection === 'live' && error) setTries((count) => count + 1);
  }, [connection]);
  // Without a connection nothing has gone wrong: it is tried again by itself.
  const fault = connection === 'live' ? error : undefined;
  return { fault, retry: () => setTries(tries + 1) };
}

const endings = {
  removed: { title: 'chat.gone', text: 'chat.goneText' },
  deleted: { title: 'chat.deleted', text: 'chat.deletedText' },
} as const;

function Ended({ ending: { kind, title } }: { readonly ending: Ending }) {
  const text = useText();
  const said = endings[kind];
  return <Away title={text(said.title, { title: title ?? '' })} text={text(said.text)} />;
}

/** In place of a conversation that cannot be shown: why, and the way back. */
function Away({ title, text: reason }: { readonly title: string; readonly text: string }) {
  const text = useText();
  return (
    <Empty icon="people" title={title} text={reason}>
      <Button onClick={() => goTo({})}>{text('action.back')}</Button>
    </Empty>
  );
}
