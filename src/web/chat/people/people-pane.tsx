import { useDeferredValue, useState } from 'react';
import type { ContactFieldsFragment } from '../../../generated/operations.js';
import { useNames } from '../state/names.js';
import { useText } from '../text/text.js';
import { IconButton } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { Field, valueOf } from '../ui/field.js';
import { Form, FormFault, Submit } from '../ui/form.js';
import { Menu } from '../ui/menu.js';
import { SearchField } from '../ui/search-field.js';
import { Empty, Failed, Loading } from '../ui/states.js';
import { useContactActions } from './contact-button.js';
import { useOpenDirect } from './open-direct.js';
import { PersonRow } from './person-row.js';
import { useContacts } from './contacts.js';
import { FoundPeople } from './found-people.js';

/** One's contacts, and everybody else who can be found. */
export function PeoplePane() {
  const text = useText();
  const [search, setSearch] = useState('');
  const wanted = useDeferredValue(search.trim());
  return (
    <div className="pane">
      <header className="pane-head">
        <h1>{text('people.title')}</h1>
      </header>
      <SearchField label={text('people.search')} value={search} onChange={setSearch} />
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
  const { nameOf } = useNames();
  const text = useText();
  const { remove } = useContactActions();
  const openDirect = useOpenDirect();
  const [isNaming, setNaming] = useState(false);
  const { user } = contact;
  const name = nameOf(user);
  return (
    <PersonRow person={user}>
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
    await keep(contact.user.id, valueOf(form, 'alias') || null);
    onClose();
  };
  return (
    <Dialog title={text('people.rename')} onClose={onClose}>
      <Form action={rename}>
        <Field name="alias" label={text('people.alias')} defaultValue={contact.alias ?? ''} isOptional autoFocus />
        <FormFault />
        <div className="row-end">
          <Submit>{text('action.save')}</Submit>
        </div>
      </Form>
    </Dialog>
  );
}

/** Without a search those who are contacts stand above already. */
function Found({ search }: { readonly search: string }) {
  const text = useText();
  const { nameOf } = useNames();
  const { contacts } = useContacts();
  const { add } = useContactActions();
  const openDirect = useOpenDirect();
  const known = new Set(contacts.map(({ user }) => user.id));
  const isSearching = search !== '';
  return (
    <section>
      <FoundPeople
        search={search}
        title={text(isSearching ? 'people.found' : 'people.others')}
        without={isSearching ? undefined : known}
        saysNothing={isSearching}
      >
        {(person) => (
          <PersonRow person={person}>
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
        )}
      </FoundPeople>
    </section>
  );
}
