import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { useText } from '../text/text.js';
import { Button, IconButton } from './button.js';

interface DialogProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly onClose: () => void;
}

/** A window over the page. Escape, its cross and a press beside it close it; the focus returns to where it was. */
export function Dialog({ title, children, onClose }: DialogProps) {
  const text = useText();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // Before the page changes around it: what only shows while a window is open cannot take the focus afterwards.
  useLayoutEffect(() => {
    const element = dialog.current;
    const opener = document.activeElement;
    element?.showModal();
    element?.querySelector<HTMLElement>('input, textarea, form button')?.focus();
    return () => {
      element?.close();
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={titleId}
      onClose={onClose}
      onMouseDown={(event) => event.target === dialog.current && onClose()}
    >
      <div className="dialog-body">
        <div className="dialog-head">
          <h2 id={titleId}>{title}</h2>
          <IconButton icon="close" label={text('action.close')} onClick={onClose} />
        </div>
        {children}
      </div>
    </dialog>
  );
}

interface ConfirmProps extends Omit<DialogProps, 'children'> {
  readonly text: string;
  readonly action: string;
  readonly onConfirm: () => void;
  /** What it is about, in its own words. */
  readonly quoted?: string;
  readonly children?: ReactNode;
}

/** Asks before what cannot be taken back. */
export function Confirm({ title, text: explanation, action, onConfirm, onClose, quoted, children }: ConfirmProps) {
  const text = useText();
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          onConfirm();
          onClose();
        }}
      >
        {quoted !== undefined && (
          <blockquote className="quoted" dir="auto">
            {quoted}
          </blockquote>
        )}
        <p className="muted">{explanation}</p>
        {children}
        <div className="row-end">
          <Button onClick={onClose}>{text('action.cancel')}</Button>
          <Button look="danger" type="submit">
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
