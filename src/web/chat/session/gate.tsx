import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '../text/text.js';
import { Brand } from '../ui/brand.js';
import { Failed, Loading } from '../ui/states.js';
import { Entrance } from './entrance.js';
import { Inside } from './inside.js';
import { meKey, useLoggedIn } from './me.js';

/** Lets in who is logged in, and shows the entrance to everybody else. */
export function Gate() {
  const queries = useQueryClient();
  const { data, failureReason, refetch } = useLoggedIn();
  const [isShutOut, setShutOut] = useState(false);
  const ended = (): void => {
    setShutOut(false);
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== meKey[0] });
    queries.setQueryData(meKey, { me: null });
  };
  const shutOut = (): void => {
    ended();
    setShutOut(true);
  };
  if (data?.me) return <Inside key={data.me.id} me={data.me} onEnd={ended} onShutOut={shutOut} />;
  if (data) return <Entrance isShutOut={isShutOut} onEnter={(me) => queries.setQueryData(meKey, { me })} />;
  // It is told at the first failure; meanwhile it is tried again.
  return <Start error={failureReason} retry={() => void refetch()} />;
}

interface StartProps {
  readonly error: Error | null;
  readonly retry: () => void;
}

/** What is shown before it is known who is there. */
function Start({ error, retry }: StartProps) {
  const text = useText();
  return (
    <main className="entrance">
      <section className="entrance-card start">
        <Brand />
        <h1 className="visually-hidden">{text('app.name')}</h1>
        {error ? <Failed error={error} retry={retry} /> : <Loading />}
      </section>
    </main>
  );
}
