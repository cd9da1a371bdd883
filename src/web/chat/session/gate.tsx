import { useQueryClient } from '@tanstack/react-query';
import { Loading, Failed } from '../ui/states.js';
import { Entrance } from './entrance.js';
import { Inside } from './inside.js';
import { meKey, useLoggedIn } from './me.js';

/** Lets in who is logged in, and shows the entrance to everybody else. */
export function Gate() {
  const queries = useQueryClient();
  const { data, error, refetch } = useLoggedIn();
  const ended = (): void => {
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== meKey[0] });
    queries.setQueryData(meKey, { me: null });
  };
  if (data?.me) return <Inside key={data.me.id} me={data.me} onEnd={ended} />;
  if (data) return <Entrance onEnter={(me) => queries.setQueryData(meKey, { me })} />;
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  return <Loading />;
}
