import { type KeyboardEvent } from 'react';
import { useSession } from '../state/hooks.js';
import { useNames } from '../state/names.js';
import type { Message, Row } from '../state/types.js';
import { timeOf, momentOf } from '../text/dates.js';
import { useText } from '../text/text.js';
import { Avatar } from '../ui/avatar.js';
import type { Place } from './items.js';
import { MessageActions } from './message-actions.js';
import { Quote } from './quote.js';
import { Reactions } from './reactions.js';
import { Receipt } from './receipt.js';
import { RichText } from './rich-text.js';

interface MessageViewProps {
  readonly message: Message;
  readonly place: Place;
  readonly row: Row;
  readonly isFlashed: boolean;
}

/** One message. Up and down move between messages; its actions show when it has the focus or the pointer. */
export function MessageView({ message, place, row, isFlashed }: MessageViewProps) {
  const { nameOf } = useNames();
  const { me } = useSession();
  const isMine = message.from.id === me.id;
  const isGroup = row.kind === 'GROUP';
  const isRemoved = message.removedAt !== null;
  const name = nameOf(message.from);
  return (
    <article
      className="message"
      data-mine={isMine}
      data-first={place.isFirst}
      data-last={place.isLast}
      data-flashed={isFlashed}
      data-seq={message.seq}
      tabIndex={0}
      aria-labelledby={`${message.id}-from ${message.id}-text ${message.id}-foot`}
      onKeyDown={move}
    >
      <span id={`${message.id}-from`} hidden>
        {name}
      </span>
      {isGroup && !isMine && (
        <span className="message-avatar">{place.isLast && <SenderAvatar message={message} />}</span>
      )}
      <div className="message-body">
        {isGroup && !isMine && place.isFirst && (
          <p className="message-from" dir="auto">
            {name}
          </p>
        )}
        <Bubble message={message} isMine={isMine} row={row} />
        <Reactions message={message} />
      </div>
      {!isRemoved && !row.isSpam && <MessageActions message={message} row={row} />}
    </article>
  );
}

function SenderAvatar({ message: { from } }: Pick<MessageViewProps, 'message'>) {
  const { nameOf, faceOf } = useNames();
  return <Avatar id={from.id} name={nameOf(from)} image={faceOf(from)} size="small" />;
}

function Bubble({ message, isMine, row }: Pick<MessageViewProps, 'message' | 'row'> & { readonly isMine: boolean }) {
  const text = useText();
  const isRemoved = message.removedAt !== null;
  return (
    <div className="bubble" data-removed={isRemoved}>
      {message.replyTo && <Quote replyTo={message.replyTo} />}
      <p id={`${message.id}-text`} className="bubble-text">
        {isRemoved ? text('message.removed') : <RichText text={message.content} />}
      </p>
      <span id={`${message.id}-foot`} className="bubble-foot">
        {message.editedAt !== null && !isRemoved && <span>{text('message.edited')}</span>}
        <time dateTime={message.createdAt} title={momentOf(message.createdAt, text.language)}>
          {timeOf(message.createdAt, text.language)}
        </time>
        {isMine && !isRemoved && <Receipt message={message} row={row} />}
      </span>
    </div>
  );
}

function move(event: KeyboardEvent<HTMLElement>): void {
  if (event.target !== event.currentTarget || !['ArrowUp', 'ArrowDown'].includes(event.key)) return;
  event.preventDefault();
  const all = [...(event.currentTarget.closest('ol')?.querySelectorAll<HTMLElement>('.message[tabindex]') ?? [])];
  const next = all[all.indexOf(event.currentTarget) + (event.key === 'ArrowUp' ? -1 : 1)];
  next?.focus();
}
