import { memo } from 'react';
import { useConnection } from '../state/hooks.js';
import type { Row } from '../state/types.js';
import { dayOf } from '../text/dates.js';
import { useText } from '../text/text.js';
import { Loading } from '../ui/states.js';
import type { Item } from './items.js';
import { MessageView } from './message-view.js';
import { NoticeView } from './notice-view.js';
import { OutgoingView } from './outgoing-view.js';

interface ItemViewProps {
  readonly item: Item;
  readonly row: Row;
  readonly isFlashed: boolean;
}

export const ItemView = memo(function ItemView({ item, row, isFlashed }: ItemViewProps) {
  const text = useText();
  switch (item.kind) {
    case 'beginning':
      return <p className="line-note">{text('message.beginning')}</p>;
    case 'unread':
      return <p className="line-unread">{text('message.unreadFrom')}</p>;
    case 'gap':
      return <Gap />;
    case 'day':
      return (
        <p className="line-day">
          <span>{dayOf(item.at, text.language, text)}</span>
        </p>
      );
    case 'notice':
      return <NoticeView notice={item.notice} />;
    case 'outgoing':
      return <OutgoingView outgoing={item.outgoing} />;
    case 'message':
      return <MessageView message={item.message} place={item.place} row={row} isFlashed={isFlashed} />;
  }
});

/** Where messages are missing: they come, or they wait for a connection. */
function Gap() {
  const text = useText();
  const connection = useConnection();
  if (connection !== 'offline') return <Loading />;
  return <p className="line-note line-gap">{text('message.notLoaded')}</p>;
}
