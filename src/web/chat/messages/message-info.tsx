import { PersonRow } from '../people/person-row.js';
import { useSession } from '../state/hooks.js';
import type { Author, Message, Row } from '../state/types.js';
import { useText } from '../text/text.js';
import { Dialog } from '../ui/dialog.js';
import { Failed, Loading } from '../ui/states.js';
import { useProgress } from './progress.js';
import { useReactors } from './reactors.js';

interface MessageInfoProps {
  readonly message: Message;
  readonly row: Row;
  readonly onClose: () => void;
}

/** Who has read a message, whom it has reached, and who reacted with what. */
export function MessageInfo({ message, row, onClose }: MessageInfoProps) {
  const text = useText();
  const { me } = useSession();
  const { read, delivered, sent } = useProgress(message);
  const isMine = message.from.id === me.id;
  const isEmpty = read.length === 0 && message.reactions.length === 0;
  const usersOf = (members: typeof read): readonly Author[] => members.map(({ user }) => user);
  return (
    <Dialog title={text('message.info')} onClose={onClose}>
      <div className="message-info">
        <blockquote className="quoted" dir="auto">
          {message.content}
        </blockquote>
        {isEmpty && <p className="muted">{text('message.infoNobody')}</p>}
        <Reactors message={message} />
        {(isMine || row.kind === 'GROUP') && (
          <>
            <People title={text('message.infoRead')} people={usersOf(read)} />
            <People title={text('message.infoDelivered')} people={usersOf(delivered)} />
            <People title={text('message.infoSent')} people={usersOf(sent)} />
          </>
        )}
      </div>
    </Dialog>
  );
}

function Reactors({ message }: { readonly message: Message }) {
  const text = useText();
  const { reactors, error, isPending, refetch } = useReactors(message);
  if (message.reactions.length === 0) return null;
  if (isPending) return <Loading />;
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  return (
    <section>
      <h3 className="section-title">{text('message.infoReactions')}</h3>
      {reactors.flatMap(({ emoji, users }) =>
        users.map((person) => (
          <PersonRow key={emoji + person.id} person={person}>
            <span className="info-emoji">{emoji}</span>
          </PersonRow>
        )),
      )}
    </section>
  );
}

function People({ title, people }: { readonly title: string; readonly people: readonly Author[] }) {
  if (people.length === 0) return null;
  return (
    <section>
      <h3 className="section-title">{title}</h3>
      {people.map((person) => (
        <PersonRow key={person.id} person={person} />
      ))}
    </section>
  );
}
