import { useDeferredValue, useState } from 'react';
import type { User } from '../state/types.js';
import { useText } from '../text/text.js';
import { SearchField } from '../ui/search-field.js';
import { FoundPeople } from './found-people.js';
import { PersonRow } from './person-row.js';

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
      <SearchField label={text('people.search')} value={search} onChange={setSearch} />
      <div className="picker-list">
        <FoundPeople search={useDeferredValue(search.trim())} without={without}>
          {(person) => (
            <PersonRow
              person={person}
              isChosen={chosen?.some(({ id }) => id === person.id)}
              onChoose={() => onChoose(person)}
            />
          )}
        </FoundPeople>
      </div>
    </div>
  );
}
