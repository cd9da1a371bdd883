import { useEffect, useRef, useState } from 'react';
import { useSession } from '../state/hooks.js';
import { useNames } from '../state/names.js';
import type { Timeline } from '../state/types.js';

/** Says new messages of others to those who listen to the page. */
export function Announcer({ timeline }: { readonly timeline: Timeline }) {
  const { nameOf } = useNames();
  const { me } = useSession();
  const [said, setSaid] = useState('');
  const newest = (timeline.hasNewer ? timeline.ahead : timeline.lines).at(-1);
  const told = useRef(newest?.seq ?? 0);
  useEffect(() => {
    if (!newest || newest.seq <= told.current) return;
    told.current = newest.seq;
    const { message } = newest;
    if (message && message.from.id !== me.id) setSaid(`${nameOf(message.from)}: ${message.content}`);
  }, [newest, me.id, nameOf]);
  return (
    <p className="visually-hidden" aria-live="polite">
      {said}
    </p>
  );
}
