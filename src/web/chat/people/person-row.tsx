import type { ReactNode } from 'react';
import type { Presence } from '../../../generated/operations.js';
import { usePresence } from '../state/hooks.js';
import { useNames } from '../state/names.js';
import type { Author } from '../state/types.js';
import { Avatar } from '../ui/avatar.js';
import { Icon } from '../ui/icon.js';

interface PersonRowProps {
  readonly person: Author & { readonly presence?: Presence };
  readonly isChosen?: boolean;
  readonly onChoose?: () => void;
  readonly detail?: ReactNode;
  /** Actions at the end of the row. */
  readonly children?: ReactNode;
}

/** One person: to be chosen, or with actions. */
export function PersonRow({ person, isChosen, onChoose, detail, children }: PersonRowProps) {
  const { nameOf, faceOf, handleOf } = useNames();
  const presence = usePresence(person);
  const shown = nameOf(person);
  const body = (
    <>
      <Avatar id={person.id} name={shown} image={faceOf(person)} presence={presence} />
      <span className="person-text">
        <span className="person-name" dir="auto">
          {shown}
        </span>
        <span className="muted">{detail ?? handleOf(person)}</span>
      </span>
    </>
  );
  return (
    <div className="person">
      {onChoose ? (
        <button type="button" className="person-body" onClick={onChoose} aria-pressed={isChosen}>
          {body}
          {isChosen && <Icon name="check" />}
        </button>
      ) : (
        <span className="person-body">{body}</span>
      )}
      {children}
    </div>
  );
}
