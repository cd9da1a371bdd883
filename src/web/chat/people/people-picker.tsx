import { useDeferredValue, useState } from 'react';
import type { User } from '../state/types.js';
import { useText } from '../text/text.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { Empty, Failed, Loading } from '../ui/states.js';
import { PersonRow } from './person-row.js';
import { usePeopleSearch } from './queries.js';

interface PeoplePickerProps {
  readonly onChoose: (person: User) => void;
  /** Those who are chosen, where several can be. */
  readonly chosen?: readonly User[];
  /** Those who are not offered. */
  readonly without?: ReadonlySet<string>;
}

/** Finds people by their names. */
export function PeoplePicker({ onChoose, chosen, without }: PeoplePickerProps) {
  const text = useText();
  const [search, setSearch] = useState('');
  return (
    <div className="picker">
      <label className="search">
        <Icon name="search" size={18} />
        <input
          type="search"
          value={search}
          placeholder={text('people.search')}
          aria-label={text('people.search')}
          onChange={(event) => setSearch(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
        />
      </label>
      <Found search={useDeferredValue(search.trim())} onChoose={onChoose} chosen={chosen} without={without} />
    </div>
  );
}

function Found({ search, onChoose, chosen, without }: PeoplePickerProps & { readonly search: string }) {
  const text = useText();
  const { found, isPending, error, refetch, hasNextPage, fetchNextPage } = usePeopleSearch(search);
  const shown = found.filter(({ id }) => !without?.has(id));
  if (isPending) return <Loading />;
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (shown.length === 0) return <Empty icon="search" title={text('list.nothingFound', { text: search })} />;
  return (
    <div className="picker-list">
      {shown.map((person) => (
        <PersonRow
          key={person.id}
          person={person}
          isChosen={chosen?.some(({ id }) => id === person.id)}
          onChoose={() => onChoose(person)}
        />
      ))}
      {hasNextPage && (
        <Button look="quiet" icon="down" onClick={() => void fetchNextPage()}>
          {text('action.more')}
        </Button>
      )}
    </div>
  );
}
