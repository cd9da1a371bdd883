import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useDraft, useSession } from '../state/hooks.js';
import { useNames } from '../state/names.js';
import type { Row } from '../state/types.js';
import { useText } from '../text/text.js';
import { IconButton } from '../ui/button.js';
import { useMessageActions } from './actions.js';
import { type Aim, useAim } from './aim.js';
import { useJumping } from './jump.js';
import { useTypingSign } from './typing-sign.js';

/** The longest message, in characters. */
const longest = 4_000;

/** Where one writes. Enter sends, Shift and Enter begin a line, Escape gives up an answer or a change. */
export function Composer({ row }: { readonly row: Row }) {
  const text = useText();
  const { aim, setAim } = useAim();
  const writing = useWriting(row);
  const typing = useTypingSign(row.id);
  const excess = [...writing.content.trim()].length - longest;
  const isSendable = writing.content.trim() !== '' && excess <= 0;
  const label = text(aim?.kind === 'edit' ? 'action.save' : 'message.send');
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isSendable) return;
        typing.stop();
        writing.send();
      }}
    >
      {aim && <AimLine aim={aim} onClose={() => setAim(undefined)} />}
      <div className="composer-line">
        <Words row={row} content={writing.content} onChange={writing.setContent} typing={typing} />
        <IconButton
          className="send"
          type="submit"
          icon={aim?.kind === 'edit' ? 'check' : 'send'}
          label={label}
          disabled={!isSendable}
        />
      </div>
      {excess > 0 && (
        <p className="fault" role="alert">
          {text('message.tooLong', { count: excess })}
        </p>
      )}
    </form>
  );
}

interface WordsProps {
  readonly row: Row;
  readonly content: string;
  readonly onChange: (content: string) => void;
  readonly typing: ReturnType<typeof useTypingSign>;
}

function Words({ row, content, onChange, typing }: WordsProps) {
  const text = useText();
  const { aim, setAim } = useAim();
  const field = useRef<HTMLTextAreaElement>(null);
  const editLast = useEditLast(row.id);
  useEffect(() => field.current?.focus({ preventScroll: true }), [aim, row.id]);
  const press = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape' && aim) {
      event.preventDefault();
      setAim(undefined);
    }
    if (event.key === 'ArrowUp' && content === '' && !aim) editLast();
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    field.current?.form?.requestSubmit();
  };
  return (
    <textarea
      ref={field}
      value={content}
      rows={1}
      dir="auto"
      placeholder={text('message.write')}
      aria-label={text('message.write')}
      onChange={(event) => {
        onChange(event.target.value);
        typing.sign(event.target.value !== '');
      }}
      onBlur={typing.stop}
      onKeyDown={press}
    />
  );
}

/** What is being written: the draft, or the new words of a message that is being changed. */
function useWriting(row: Row) {
  const { client } = useSession();
  const { edit } = useMessageActions();
  const { aim, setAim } = useAim();
  const { toSent } = useJumping();
  const [draft, setDraft] = useDraft(row.id);
  const edited = aim?.kind === 'edit' ? aim.message : undefined;
  const [change, setChange] = useState('');
  useEffect(() => setChange(edited?.content ?? ''), [edited]);
  const sendDraft = (): void => {
    const replyToId = aim?.kind === 'reply' ? aim.message.id : undefined;
    client.send({ conversationId: row.id, content: draft.trim(), replyToId });
    setDraft('');
    setAim(undefined);
    toSent();
  };
  const sendChange = (): void => {
    if (!edited) return;
    void edit(edited.id, change.trim()).then((isDone) => isDone && setAim(undefined));
  };
  return edited
    ? { content: change, setContent: setChange, send: sendChange }
    : { content: draft, setContent: setDraft, send: sendDraft };
}

function useEditLast(id: string): () => void {
  const { store, me } = useSession();
  const { setAim } = useAim();
  return () => {
    const lines = store.get().rooms.get(id)?.timeline.lines ?? [];
    const own = lines.findLast(({ message }) => message?.from.id === me.id && message.removedAt === null);
    if (own?.message) setAim({ kind: 'edit', message: own.message });
  };
}

function AimLine({ aim, onClose }: { readonly aim: Aim; readonly onClose: () => void }) {
  const { nameOf } = useNames();
  const text = useText();
  const { kind, message } = aim;
  const title = kind === 'edit' ? text('message.editing') : text('message.replyingTo', { name: nameOf(message.from) });
  return (
    <div className="aim">
      <div className="aim-text">
        <p className="quote-name">{title}</p>
        <p className="quote-text" dir="auto">
          {message.content}
        </p>
      </div>
      <IconButton icon="close" label={text('action.cancel')} onClick={onClose} />
    </div>
  );
}
