import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Loading, Failed } from '../ui/states.js';
import { Entrance } from './entrance.js';
import { Inside } from './inside.js';
import { meKey, useLoggedIn } from './me.js';

/** Lets in who is logged in, and shows the entrance to everybody else. */
export function Gate() {
  const queries = useQueryClient();
  const { data, error, refetch } = useLoggedIn();
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
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  return <Loading />;
}
