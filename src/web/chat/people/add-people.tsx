import { useState } from 'react';
import { GroupUserAddDocument } from '../../../generated/operations.js';
import { useSession } from '../state/hooks.js';
import type { Row, User } from '../state/types.js';
import { useText } from '../text/text.js';
import { Dialog } from '../ui/dialog.js';
import { Form, FormFault, Submit } from '../ui/form.js';
import { PeoplePicker } from './people-picker.js';

interface AddPeopleProps {
  readonly row: Row;
  readonly without: ReadonlySet<string>;
  readonly onClose: () => void;
}

/** Adds people to a group: first they are chosen, then they are added. Who is in it is not offered again. */
export function AddPeople({ row, without, onClose }: AddPeopleProps) {
  const text = useText();
  const { client } = useSession();
  const [chosen, setChosen] = useState<readonly User[]>([]);
  const add = async (): Promise<void> => {
    for (const person of chosen) {
      await client.request(GroupUserAddDocument, { input: { groupId: row.id, userId: person.id } });
      setChosen((waiting) => waiting.filter(({ id }) => id !== person.id));
    }
    onClose();
  };
  return (
    <Dialog title={text('group.addPeople')} onClose={onClose}>
      <Form className="stack fill" action={add}>
        <PeoplePicker without={without} chosen={chosen} onChoose={(person) => setChosen(toggled(chosen, person))} />
        <FormFault />
        <div className="row-end">
          <span className="muted grow">{text.plural('people.chosen', chosen.length)}</span>
          <Submit isOff={chosen.length === 0}>{text('group.add')}</Submit>
        </div>
      </Form>
    </Dialog>
  );
}

/** The chosen ones with a person, or without it when it was one of them. */
export function toggled(chosen: readonly User[], person: User): readonly User[] {
  const without = chosen.filter(({ id }) => id !== person.id);
  return without.length < chosen.length ? without : [...chosen, person];
}
