import { useBlocking } from '../people/blocking.js';
import { PersonRow } from '../people/person-row.js';
import { useBlocks } from '../people/queries.js';
import { useText } from '../text/text.js';
import { Button } from '../ui/button.js';
import { Failed, Loading } from '../ui/states.js';

/** Whom one has blocked. */
export function BlockedPeople() {
  const text = useText();
  const { blocked, isPending, error, refetch } = useBlocks();
  const block = useBlocking();
  return (
    <section className="card">
      <h2>{text('settings.blocked')}</h2>
      {isPending && <Loading />}
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!isPending && !error && blocked.length === 0 && <p className="muted">{text('settings.nobodyBlocked')}</p>}
      {blocked.map((person) => (
        <PersonRow key={person.id} person={person}>
          <Button onClick={() => void block(person.id, false)}>{text('chat.unblock')}</Button>
        </PersonRow>
      ))}
    </section>
  );
}
