import { useState } from 'react';
import { useNames } from '../state/names.js';
import { useMe } from '../session/me.js';
import { useText } from '../text/text.js';
import { Avatar } from '../ui/avatar.js';
import { Brand } from '../ui/brand.js';
import { IconButton } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { hrefOf, useRoute } from '../ui/route.js';
import { SearchField } from '../ui/search-field.js';
import { ConversationList } from './conversation-list.js';
import { ListTitle } from './list-title.js';
import { NewConversation } from './new-conversation.js';
import { SearchResults } from './search-results.js';
import { SpamFolder } from './spam-folder.js';

interface SidebarProps {
  /** Whether nothing stands beside it. */
  readonly isWhole: boolean;
}

/** The list of conversations with its search, and the ways to everything else. */
export function Sidebar({ isWhole }: SidebarProps) {
  const text = useText();
  const [search, setSearch] = useState('');
  const [isNewOpen, setNewOpen] = useState(false);
  const { place } = useRoute();
  const isSearching = search.trim() !== '';
  return (
    <div className="sidebar" role={isWhole ? 'main' : 'navigation'} aria-label={text('list.label')}>
      <div className="sidebar-head">
        <Brand />
        <IconButton icon="edit" label={text('list.new')} onClick={() => setNewOpen(true)} />
      </div>
      <SearchField label={text('list.search')} value={search} onChange={setSearch} />
      <div className="sidebar-body">
        {(isSearching || place !== 'spam') && (
          <ListTitle isWhole={isWhole} isHidden>
            {text(isSearching ? 'list.search' : 'list.title')}
          </ListTitle>
        )}
        {isSearching && <SearchResults search={search.trim()} onDone={() => setSearch('')} />}
        {!isSearching && place === 'spam' && <SpamFolder isWhole={isWhole} />}
        {!isSearching && place !== 'spam' && <ConversationList onNew={() => setNewOpen(true)} />}
      </div>
      <SidebarFoot />
      {isNewOpen && <NewConversation onClose={() => setNewOpen(false)} />}
    </div>
  );
}

function SidebarFoot() {
  const { nameOf } = useNames();
  const text = useText();
  const me = useMe();
  const { place } = useRoute();
  const placeInFoot = place === 'reports' ? 'settings' : place;
  const links = [
    { to: 'chats', icon: 'chat', label: text('list.title') },
    { to: 'people', icon: 'people', label: text('people.title') },
    { to: 'spam', icon: 'shield', label: text('spam.title') },
    { to: 'settings', icon: 'gear', label: text('settings.title') },
  ] as const;
  return (
    <div className="sidebar-foot">
      <a className="me" href={hrefOf({ place: 'settings' })} title={nameOf(me)}>
        <Avatar id={me.id} name={nameOf(me)} image={me.profileImage} size="small" />
        <span className="me-name">{nameOf(me)}</span>
      </a>
      {links.map(({ to, icon, label }) => (
        <a
          key={to}
          className="foot-link"
          href={hrefOf({ place: to })}
          title={label}
          aria-label={label}
          aria-current={placeInFoot === to ? 'page' : undefined}
        >
          <Icon name={icon} />
        </a>
      ))}
    </div>
  );
}
