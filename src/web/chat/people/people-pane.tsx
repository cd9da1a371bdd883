import { useDeferredValue, useState } from 'react';
import type { ContactFieldsFragment } from '../../../generated/operations.js';
import { nameOf } from '../state/names.js';
import { useText } from '../text/text.js';
import { Button, IconButton } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { Field, valueOf } from '../ui/field.js';
import { Form, FormFault, Submit } from '../ui/form.js';
import { Icon } from '../ui/icon.js';
import { Menu } from '../ui/menu.js';
import { goTo } from '../ui/route.js';
import { Empty, Failed, Loading } from '../ui/states.js';
import { useContactActions } from './contact-button.js';
import { useOpenDirect } from './open-direct.js';
import { PersonRow } from './person-row.js';
import { useContacts, usePeopleSearch } from './queries.js';

/** One's contacts, and everybody else who can be found. */
export function PeoplePane() {
  const text = useText();
  const [search, setSearch] = useState('');
  const wanted = useDeferredValue(search.trim());
  return (
    <div className="pane">
      <header className="pane-head">
        <IconButton className="phone-only" icon="back" label={text('action.back')} onClick={() => goTo({})} />
        <h1>{text('people.title')}</h1>
      </header>
      <label className="search">
        <Icon name="search" size={18} />
        <input
          type="search"
          value={search}
          placeholder={text('people.search')}
          aria-label={text('people.search')}
          onChange={(event) => setSearch(event.target.value)}
        />
      </label>
      {wanted === '' && <Contacts />}
      <Found search={wanted} />
    </div>
  );
}

function Contacts() {
  const text = useText();
  const { contacts, isPending, error, refetch } = useContacts();
  return (
    <section>
      <h2 className="section-title">{text('people.contacts')}</h2>
      {isPending && <Loading />}
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!isPending && !error && contacts.length === 0 && (
        <Empty icon="people" title={text('people.noContacts')} text={text('people.noContactsText')} />
      )}
      {contacts.map((contact) => (
        <ContactRow key={contact.id} contact={contact} />
      ))}
    </section>
  );
}

function ContactRow({ contact }: { readonly contact: ContactFieldsFragment }) {
  const text = useText();
  const { remove } = useContactActions();
  const openDirect = useOpenDirect();
  const [isNaming, setNaming] = useState(false);
  const { user, alias } = contact;
  const name = alias ?? nameOf(user);
  return (
    <PersonRow person={user} name={name}>
      <IconButton icon="chat" label={text('people.messageNamed', { name })} onClick={() => void openDirect(user.id)} />
      <Menu
        label={text('group.actionsFor', { name })}
        items={[
          { label: text('people.rename'), icon: 'edit', onSelect: () => setNaming(true) },
          { label: text('people.remove'), icon: 'trash', isDanger: true, onSelect: () => void remove(user.id) },
        ]}
      />
      {isNaming && <RenameContact contact={contact} onClose={() => setNaming(false)} />}
    </PersonRow>
  );
}

interface RenameContactProps {
  readonly contact: ContactFieldsFragment;
  readonly onClose: () => void;
}

function RenameContact({ contact, onClose }: RenameContactProps) {
  const text = useText();
  const { keep } = useContactActions();
  const rename = async (form: FormData): Promise<void> => {
    await keep(contact.user.id, valueOf(form, 'alias'));
    onClose();
  };
  return (
    <Dialog title={text('people.rename')} onClose={onClose}>
      <Form action={rename}>
        <Field name="alias" label={text('people.alias')} defaultValue={contact.alias ?? ''} required autoFocus />
        <FormFault />
        <div className="row-end">
          <Submit>{text('action.save')}</Submit>
        </div>
      </Form>
    </Dialog>
  );
}

function Found({ search }: { readonly search: string }) {
  const text = useText();
  const { found, isPending, error, refetch, hasNextPage, fetchNextPage } = usePeopleSearch(search);
  const { contacts } = useContacts();
  const { add } = useContactActions();
  const openDirect = useOpenDirect();
  const known = new Set(contacts.map(({ user }) => user.id));
  return (
    <section>
      <h2 className="section-title">{text('people.found')}</h2>
      {isPending && <Loading />}
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!isPending && !error && found.length === 0 && (
        <Empty icon="search" title={text('list.nothingFound', { text: search })} />
      )}
      {found.map((person) => (
        <PersonRow key={person.id} person={person}>
          <IconButton
            icon="chat"
            label={text('people.messageNamed', { name: nameOf(person) })}
            onClick={() => void openDirect(person.id)}
          />
          {!known.has(person.id) && (
            <IconButton
              icon="add"
              label={`${text('people.add')}: ${nameOf(person)}`}
              onClick={() => void add(person.id)}
            />
          )}
        </PersonRow>
      ))}
      {hasNextPage && (
        <Button look="quiet" icon="down" onClick={() => void fetchNextPage()}>
          {text('action.more')}
        </Button>
      )}
    </section>
  );
}
