import { Fragment, type ReactNode, useEffect } from 'react';
import { useNames } from '../state/names.js';
import type { User } from '../state/types.js';
import { useText } from '../text/text.js';
import { Button } from '../ui/button.js';
import { Empty, Failed, Loading } from '../ui/states.js';
import { usePeopleSearch } from './queries.js';

interface FoundPeopleProps {
  readonly search: string;
  readonly title?: string;
  /** Those who are not offered. */
  readonly without?: ReadonlySet<string>;
  /** Whether it is said when nobody is found. */
  readonly saysNothing?: boolean;
  /** How one person is drawn. */
  readonly children: (person: User) => ReactNode;
}

/** The people whose names fit: all who can be found when nothing is looked for. */
export function FoundPeople({ search, title, without, saysNothing = true, children }: FoundPeopleProps) {
  const text = useText();
  const { found, isPending, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = usePeopleSearch(search);
  const { isGone } = useNames();
  const present = found.filter((person) => !isGone(person));
  const shown = present.filter((person) => !without?.has(person.id));
  // The first pages may have only such as are not offered.
  const isLookingOn = shown.length === 0 && hasNextPage && !error;
  useEffect(() => {
    if (isLookingOn && !isFetchingNextPage) void fetchNextPage();
  }, [isLookingOn, isFetchingNextPage, fetchNextPage]);
  if (isPending || isLookingOn) return <Loading />;
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (shown.length === 0) {
    return saysNothing && <Nobody search={search} areAllIn={present.length > 0} />;
  }
  return (
    <>
      {title !== undefined && <h2 className="section-title">{title}</h2>}
      {shown.map((person) => (
        <Fragment key={person.id}>{children(person)}</Fragment>
      ))}
      {hasNextPage && (
        <Button look="quiet" icon="down" onClick={() => void fetchNextPage()}>
          {text('people.more')}
        </Button>
      )}
    </>
  );
}

interface NobodyProps {
  readonly search: string;
  /** Whether there are people whose names fit, none of whom is offered. */
  readonly areAllIn: boolean;
}

/** Why there is nobody to choose. */
function Nobody({ search, areAllIn }: NobodyProps) {
  const text = useText();
  if (areAllIn) return <Empty icon="people" title={text('people.allIn')} />;
  if (search === '') return <Empty icon="people" title={text('people.nobodyElse')} />;
  return <Empty icon="search" title={text('list.nothingFound', { text: search })} />;
}
