import { useState } from 'react';
import { GroupCreateDocument } from '../../../generated/operations.js';
import { toggled } from '../people/add-people.js';
import { useOpenDirect } from '../people/open-direct.js';
import { PeoplePicker } from '../people/people-picker.js';
import { useSession } from '../state/hooks.js';
import type { User } from '../state/types.js';
import { useText } from '../text/text.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { Field, valueOf } from '../ui/field.js';
import { Form, FormFault, Submit } from '../ui/form.js';
import { goTo } from '../ui/route.js';

/** Begins a direct chat with one person, or a group with some. */
export function NewConversation({ onClose }: { readonly onClose: () => void }) {
  const text = useText();
  const openDirect = useOpenDirect();
  const [isGroup, setGroup] = useState(false);
  if (isGroup) return <NewGroup onClose={onClose} />;
  return (
    <Dialog title={text('list.new')} onClose={onClose}>
      <Button icon="people" onClick={() => setGroup(true)}>
        {text('group.new')}
      </Button>
      <PeoplePicker
        onChoose={(person) => {
          onClose();
          void openDirect(person.id);
        }}
      />
    </Dialog>
  );
}

function NewGroup({ onClose }: { readonly onClose: () => void }) {
  const text = useText();
  const session = useSession();
  const [chosen, setChosen] = useState<readonly User[]>([]);
  const create = async (form: FormData): Promise<void> => {
    const input = { title: valueOf(form, 'title'), userIds: chosen.map(({ id }) => id) };
    const { groupCreate } = await session.client.request(GroupCreateDocument, { input });
    session.tell([groupCreate.conversation]);
    onClose();
    goTo({ conversationId: groupCreate.conversation.id });
  };
  return (
    <Dialog title={text('group.new')} onClose={onClose}>
      <Form className="stack fill" action={create}>
        <Field name="title" label={text('group.title')} required autoFocus autoComplete="off" />
        <PeoplePicker chosen={chosen} onChoose={(person) => setChosen(toggled(chosen, person))} />
        <FormFault />
        <div className="row-end">
          <span className="muted grow">{text.plural('people.chosen', chosen.length)}</span>
          <Submit>{text('group.create')}</Submit>
        </div>
      </Form>
    </Dialog>
  );
}
