import { ChatPane } from '../messages/chat-pane.js';
import { useFollowedBlocks } from '../people/blocking.js';
import { PeoplePane } from '../people/people-pane.js';
import { ReportsPane } from '../settings/reports-pane.js';
import { SettingsPane } from '../settings/settings-pane.js';
import { useConnection } from '../state/hooks.js';
import { useText } from '../text/text.js';
import { Empty } from '../ui/states.js';
import { useRoute } from '../ui/route.js';
import { useAttention } from './attention.js';
import { Sidebar } from './sidebar.js';

/** The page: the list at the side, and beside it what was chosen. On a phone one of both, and beside all but a chat the links to everything. */
export function Shell() {
  const text = useText();
  const { place, conversationId } = useRoute();
  useAttention();
  useFollowedBlocks();
  const isPane = ['settings', 'people', 'reports'].includes(place);
  return (
    <div className="shell" data-shows={conversationId !== undefined ? 'chat' : isPane ? 'pane' : 'list'}>
      <a className="skip" href="#main" onClick={skip}>
        {text('app.skip')}
      </a>
      <ConnectionBanner />
      <Sidebar />
      <main id="main" className="main" tabIndex={-1}>
        <Main />
      </main>
    </div>
  );
}

function Main() {
  const text = useText();
  const { place, conversationId } = useRoute();
  if (conversationId !== undefined) return <ChatPane key={conversationId} id={conversationId} />;
  if (place === 'settings') return <SettingsPane />;
  if (place === 'people') return <PeoplePane />;
  if (place === 'reports') return <ReportsPane />;
  return <Empty icon="chat" title={text('chat.pick')} text={text('chat.pickText')} />;
}

function ConnectionBanner() {
  const text = useText();
  const state = useConnection();
  return (
    <div className="connection" role="status" data-state={state}>
      {state === 'offline' && text('state.offline')}
    </div>
  );
}

/** The address names the place, so the link moves the focus itself. */
function skip(event: { preventDefault: () => void }): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}
