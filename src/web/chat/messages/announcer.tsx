import { useEffect, useRef, useState } from 'react';
import { useSession } from '../state/hooks.js';
import { useNames } from '../state/names.js';
import type { Message, Timeline } from '../state/types.js';

/** Says new messages of others to those who listen to the page. */
export function Announcer({ timeline }: { readonly timeline: Timeline }) {
  const { nameOf, isGone } = useNames();
  const { me } = useSession();
  const [said, setSaid] = useState<Message>();
  const newest = (timeline.hasNewer ? timeline.ahead : timeline.lines).at(-1);
  const told = useRef(newest?.seq ?? 0);
  useEffect(() => {
    if (!newest || newest.seq <= told.current) return;
    told.current = newest.seq;
    const { message } = newest;
    if (message && message.from.id !== me.id) setSaid(message);
  }, [newest, me.id]);
  return (
    <p className="visually-hidden" aria-live="polite">
      {said && !isGone(said.from) && `${nameOf(said.from)}: ${said.content}`}
    </p>
  );
}
