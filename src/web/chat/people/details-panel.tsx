import { useState } from 'react';
import { useConversationActions } from '../conversations/actions.js';
import { ConversationActions } from '../conversations/conversation-menu.js';
import { usePresence, useRoom } from '../state/hooks.js';
import { useNames } from '../state/names.js';
import type { Member, Row } from '../state/types.js';
import { useText } from '../text/text.js';
import { Avatar } from '../ui/avatar.js';
import { Button, IconButton } from '../ui/button.js';
import { useEscape } from '../ui/escape.js';
import { Field, valueOf } from '../ui/field.js';
import { Form, FormFault, Submit } from '../ui/form.js';
import { PictureChoice } from '../ui/picture-choice.js';
import { goTo, useRoute } from '../ui/route.js';
import { AddPeople } from './add-people.js';
import { ContactButton } from './contact-button.js';
import { MemberRow } from './member-row.js';

/** Beside the messages: who is in the conversation, and what the person may change. */
export function DetailsPanel({ row }: { readonly row: Row }) {
  const { titleOf, handleOf, pictureOf, isGone } = useNames();
  const text = useText();
  const { place } = useRoute();
  const isGroup = row.kind === 'GROUP';
  const close = (): void => goTo({ place, conversationId: row.id });
  useEscape(close);
  return (
    <aside className="details" aria-label={text('chat.info')}>
      <header className="details-head">
        <h2>{text('chat.info')}</h2>
        <IconButton icon="close" label={text('action.close')} onClick={close} />
      </header>
      <div className="details-who">
        <Avatar id={row.peer?.id ?? row.id} name={titleOf(row)} image={pictureOf(row)} size="large" isGroup={isGroup} />
        <p className="details-name" dir="auto">
          {titleOf(row)}
        </p>
        {row.peer && !isGone(row.peer) && (
          <>
            <p className="muted">{handleOf(row.peer)}</p>
            <Presence person={row.peer} />
            <ContactButton person={row.peer} />
          </>
        )}
        {isGroup && row.me.role !== 'MEMBER' && <GroupLooks row={row} />}
      </div>
      <ConversationActions row={row} />
      {isGroup && <Members row={row} />}
    </aside>
  );
}

function Presence({ person }: { readonly person: NonNullable<Row['peer']> }) {
  const text = useText();
  const presence = usePresence(person);
  return presence && <p className="muted">{text(`presence.${presence}`)}</p>;
}

/** The name and the picture of a group. */
function GroupLooks({ row }: { readonly row: Row }) {
  const { setImage } = useConversationActions(row);
  return (
    <div className="details-looks">
      <Rename row={row} />
      <PictureChoice hasPicture={row.image !== null} onChoose={setImage} />
    </div>
  );
}

function Rename({ row }: { readonly row: Row }) {
  const text = useText();
  const [isOpen, setOpen] = useState(false);
  const { rename } = useConversationActions(row);
  const save = async (form: FormData): Promise<void> => {
    await rename(valueOf(form, 'title'));
    setOpen(false);
  };
  if (!isOpen) {
    return (
      <Button look="quiet" icon="edit" onClick={() => setOpen(true)}>
        {text('group.rename')}
      </Button>
    );
  }
  return (
    <Form action={save}>
      <Field name="title" label={text('group.title')} defaultValue={row.title ?? ''} required autoFocus />
      <FormFault />
      <div className="row-end">
        <Button onClick={() => setOpen(false)}>{text('action.cancel')}</Button>
        <Submit>{text('action.save')}</Submit>
      </div>
    </Form>
  );
}

const rank = { OWNER: 0, ADMIN: 1, MEMBER: 2 };

function Members({ row }: { readonly row: Row }) {
  const { nameOf } = useNames();
  const text = useText();
  const members = useRoom(row.id)?.members ?? new Map<string, Member>();
  const sorted = [...members.values()].sort(
    (one, other) => rank[one.role] - rank[other.role] || nameOf(one.user).localeCompare(nameOf(other.user)),
  );
  return (
    <section className="details-members" aria-label={text('group.members')}>
      <div className="row-end">
        <h3 className="section-title grow">{text.plural('group.members', row.memberCount)}</h3>
        {row.me.role !== 'MEMBER' && <Adding row={row} members={members} />}
      </div>
      {sorted.map((member) => (
        <MemberRow key={member.user.id} member={member} row={row} />
      ))}
    </section>
  );
}

interface AddingProps {
  readonly row: Row;
  readonly members: ReadonlyMap<string, Member>;
}

/** What those who lead the group add people with; whoever stops to lead it loses the window, too. */
function Adding({ row, members }: AddingProps) {
  const text = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button look="quiet" icon="add" onClick={() => setOpen(true)}>
        {text('group.addPeople')}
      </Button>
      {isOpen && <AddPeople row={row} without={new Set(members.keys())} onClose={() => setOpen(false)} />}
    </>
  );
}
