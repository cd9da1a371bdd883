import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useText } from '../text/text.js';
import { IconButton } from '../ui/button.js';

const choice = ['👍', '❤️', '😂', '😮', '😢', '🎉', '🙏', '👏', '🔥', '👀', '✅', '🤔'];
const columns = 6;

/** A button that opens a choice of emoji. */
export function EmojiMenu({ onChoose }: { readonly onChoose: (emoji: string) => void }) {
  const text = useText();
  const [place, setPlace] = useState<{ top: number; left: number }>();
  const anchor = useRef<HTMLSpanElement>(null);
  const close = (): void => {
    setPlace(undefined);
    anchor.current?.querySelector('button')?.focus();
  };
  const open = (): void => {
    const box = anchor.current?.getBoundingClientRect();
    if (!box) return;
    const left = Math.max(8, Math.min(box.left - 120, window.innerWidth - 272));
    setPlace({ top: box.top > 120 ? box.top - 100 : box.bottom + 4, left });
  };
  return (
    <span ref={anchor} className="menu-anchor" data-open={place !== undefined}>
      <IconButton
        icon="smile"
        label={text('message.react')}
        aria-haspopup="menu"
        aria-expanded={place !== undefined}
        onClick={place ? close : open}
      />
      {place &&
        createPortal(
          <EmojiGrid
            place={place}
            close={close}
            onChoose={(emoji) => {
              close();
              onChoose(emoji);
            }}
          />,
          document.body,
        )}
    </span>
  );
}

interface EmojiGridProps {
  readonly place: { readonly top: number; readonly left: number };
  readonly close: () => void;
  readonly onChoose: (emoji: string) => void;
}

function EmojiGrid({ place, close, onChoose }: EmojiGridProps) {
  const text = useText();
  const grid = useRef<HTMLDivElement>(null);
  useEffect(() => grid.current?.querySelector('button')?.focus(), []);
  const move = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
    if (event.key === 'Escape' || event.key === 'Tab') close();
    if (step === undefined) return;
    event.preventDefault();
    const buttons = [...(grid.current?.querySelectorAll('button') ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    buttons.at((at + step) % buttons.length)?.focus();
  };
  return (
    <>
      <div className="menu-veil" onMouseDown={close} />
      <div
        ref={grid}
        className="emoji-grid"
        role="menu"
        aria-label={text('message.react')}
        style={place}
        onKeyDown={move}
      >
        {choice.map((emoji) => (
          <button
            key={emoji}
            type="button"
            role="menuitem"
            aria-label={text('message.reactWith', { emoji })}
            onClick={() => onChoose(emoji)}
          >
            {emoji}
          </button>
        ))}
      </div>
    </>
  );
}
