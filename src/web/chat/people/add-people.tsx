import { GroupUserAddDocument } from '../../../generated/operations.js';
import { useSession } from '../state/hooks.js';
import type { Row } from '../state/types.js';
import { useText } from '../text/text.js';
import { Dialog } from '../ui/dialog.js';
import { useFaults } from '../ui/faults.js';
import { PeoplePicker } from './people-picker.js';

interface AddPeopleProps {
  readonly row: Row;
  readonly without: ReadonlySet<string>;
  readonly onClose: () => void;
}

/** Adds people to a group, one by one; who is in it is not offered again. */
export function AddPeople({ row, without, onClose }: AddPeopleProps) {
  const text = useText();
  const { client } = useSession();
  const { attempt } = useFaults();
  return (
    <Dialog title={text('group.addPeople')} onClose={onClose}>
      <PeoplePicker
        without={without}
        onChoose={({ id }) =>
          void attempt(() => client.request(GroupUserAddDocument, { input: { groupId: row.id, userId: id } }))
        }
      />
    </Dialog>
  );
}
