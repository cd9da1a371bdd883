import { type KeyboardEvent, type SyntheticEvent, useEffect, useId, useRef, useState } from 'react';
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
  const { aim, setAim } = useAim();
  const { content, setContent, send } = useWriting(row);
  const typing = useTypingSign(row.id);
  const words = content.trim();
  const excess = [...words].length - longest;
  const isSendable = words !== '' && excess <= 0;
  const countId = useId();
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    typing.stop();
    if (isSendable) send();
    else if (words === '') setContent('');
  };
  return (
    <form className="composer" onSubmit={submit}>
      {aim && <AimLine aim={aim} onClose={() => setAim(undefined)} />}
      <div className="composer-line">
        <Words
          row={row}
          content={content}
          onChange={setContent}
          typing={typing}
          faultId={excess > 0 ? countId : undefined}
        />
        <SendButton isOff={!isSendable} />
      </div>
      <Excess id={countId} count={excess} />
    </form>
  );
}

function SendButton({ isOff }: { readonly isOff: boolean }) {
  const text = useText();
  const { aim } = useAim();
  const isChange = aim?.kind === 'edit' && !aim.isGone;
  return (
    <IconButton
      className="send"
      type="submit"
      icon={isChange ? 'check' : 'send'}
      label={text(isChange ? 'action.save' : 'message.send')}
      disabled={isOff}
    />
  );
}

/** How much too long it is. Who listens to the page is told once, and finds the number at the field. */
function Excess({ id, count }: { readonly id: string; readonly count: number }) {
  const text = useText();
  return (
    <>
      {count > 0 && (
        <p id={id} className="fault">
          {text('message.tooLong', { count })}
        </p>
      )}
      <p className="visually-hidden" role="alert">
        {count > 0 && text('fault.content')}
      </p>
    </>
  );
}

interface WordsProps {
  readonly row: Row;
  readonly content: string;
  readonly onChange: (content: string) => void;
  readonly typing: ReturnType<typeof useTypingSign>;
  /** Where stands what is wrong with it. */
  readonly faultId: string | undefined;
}

function Words({ row, content, onChange, typing, faultId }: WordsProps) {
  const text = useText();
  const { aim, setAim } = useAim();
  const field = useRef<HTMLTextAreaElement>(null);
  const editLast = useEditLast(row.id);
  useEffect(() => field.current?.focus({ preventScroll: true }), [aim?.kind, aim?.message.id, row.id]);
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
      aria-invalid={faultId !== undefined}
      aria-describedby={faultId}
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
  useEffect(() => setChange(edited?.content ?? ''), [edited?.id]);
  const send = (content: string): void => {
    const replyToId = aim?.kind === 'reply' && !aim.isGone ? aim.message.id : undefined;
    client.send({ conversationId: row.id, content: content.trim(), replyToId });
    setAim(undefined);
    toSent();
  };
  const sendDraft = (): void => {
    setDraft('');
    send(draft);
  };
  const sendChange = (): void => {
    if (!edited) return;
    if (aim?.isGone) send(change);
    else void edit(edited.id, change.trim()).then((isDone) => isDone && setAim(undefined));
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

/** What the person is about to do. Of a message that was removed meanwhile nothing is shown any more. */
function AimLine({ aim, onClose }: { readonly aim: Aim; readonly onClose: () => void }) {
  const { nameOf } = useNames();
  const text = useText();
  const { kind, message, isGone = false } = aim;
  const title = kind === 'edit' ? text('message.editing') : text('message.replyingTo', { name: nameOf(message.from) });
  const gone = text(kind === 'edit' ? 'message.editGone' : 'message.replyGone');
  return (
    <div className="aim" data-gone={isGone}>
      <div className="aim-text" role="status">
        {!isGone && <p className="quote-name">{title}</p>}
        <p className="quote-text" dir="auto">
          {isGone ? gone : message.content}
        </p>
      </div>
      <IconButton icon="close" label={text('action.cancel')} onClick={onClose} />
    </div>
  );
}
