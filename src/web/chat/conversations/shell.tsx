import { ChatPane } from '../messages/chat-pane.js';
import { useFollowedBlocks } from '../people/blocking.js';
import { PeoplePane } from '../people/people-pane.js';
import { ReportsPane } from '../settings/reports-pane.js';
import { SettingsPane } from '../settings/settings-pane.js';
import { useMe } from '../session/me.js';
import { useConnection } from '../state/hooks.js';
import { useNames } from '../state/names.js';
import { useText } from '../text/text.js';
import { useIsPhone } from '../ui/media.js';
import { Empty } from '../ui/states.js';
import { useRoute } from '../ui/route.js';
import { useAttention } from './attention.js';
import { Sidebar } from './sidebar.js';
import { useInbox } from './use-inbox.js';
import { useRows } from './use-rows.js';

/** The page: the list at the side, and beside it what was chosen. On a phone one of both, and beside all but a chat the links to everything. */
export function Shell() {
  const text = useText();
  const { place, conversationId } = useRoute();
  useAttention();
  useFollowedBlocks();
  const isPane = ['settings', 'people', 'reports'].includes(place);
  const shows = conversationId !== undefined ? 'chat' : isPane ? 'pane' : 'list';
  const isListWhole = useIsPhone() && shows === 'list';
  return (
    <div className="shell" data-shows={shows}>
      <a className="skip" href="#main" onClick={skip}>
        {text('app.skip')}
      </a>
      <ConnectionBanner />
      <Sidebar isWhole={isListWhole} />
      <main id="main" className="main" tabIndex={-1}>
        <Main />
      </main>
    </div>
  );
}

function Main() {
  const { place, conversationId } = useRoute();
  if (conversationId !== undefined) return <ChatPane key={conversationId} id={conversationId} />;
  if (place === 'settings') return <SettingsPane />;
  if (place === 'people') return <PeoplePane />;
  if (place === 'reports') return <ReportsPane />;
  return <Nothing />;
}

/** What stands beside the list while nothing is chosen: who has no conversations yet is greeted. */
function Nothing() {
  const text = useText();
  const me = useMe();
  const { nameOf } = useNames();
  const { place } = useRoute();
  const { isPending, error } = useInbox();
  const isNew = useRows((row) => !row.isSpam).length === 0 && !isPending && !error;
  if (place === 'spam') return <Empty icon="shield" title={text('chat.pick')} text={text('spam.emptyText')} isTitle />;
  if (!isNew) return <Empty icon="chat" title={text('chat.pick')} text={text('chat.pickText')} isTitle />;
  return (
    <Empty icon="smile" title={text('chat.welcome', { name: nameOf(me) })} text={text('chat.welcomeText')} isTitle />
  );
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
