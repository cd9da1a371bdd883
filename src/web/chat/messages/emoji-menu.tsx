import { type KeyboardEvent, lazy, Suspense, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useText } from '../text/text.js';
import { useBeside } from '../ui/beside.js';
import { IconButton } from '../ui/button.js';
import { floorOfMenus } from '../ui/floor.js';
import { moveFocus } from '../ui/move-focus.js';
import { Icon } from '../ui/icon.js';
import { Loading } from '../ui/states.js';

/** What is chosen most; all others are a step further. */
const choice = ['👍', '❤️', '😂', '😮', '😢', '🎉', '🙏', '👏', '🔥', '👀', '✅'];
const columns = 6;

/** Loaded when somebody asks for it. */
const EmojiPicker = lazy(() => import('./emoji-picker.js').then((loaded) => ({ default: loaded.EmojiPicker })));

/** A button that opens a choice of emoji. */
export function EmojiMenu({ onChoose }: { readonly onChoose: (emoji: string) => void }) {
  const text = useText();
  const [box, setBox] = useState<DOMRect>();
  const anchor = useRef<HTMLSpanElement>(null);
  const close = (): void => {
    setBox(undefined);
    anchor.current?.querySelector('button')?.focus();
  };
  const open = (): void => setBox(anchor.current?.getBoundingClientRect());
  const choose = (emoji: string): void => {
    close();
    onChoose(emoji);
  };
  return (
    <span ref={anchor} className="menu-anchor" data-open={box !== undefined}>
      <IconButton
        icon="smile"
        label={text('message.react')}
        aria-haspopup="menu"
        aria-expanded={box !== undefined}
        onClick={box ? close : open}
      />
      {box && createPortal(<Choice box={box} close={close} onChoose={choose} />, floorOfMenus())}
    </span>
  );
}

interface ChoiceProps {
  readonly box: DOMRect;
  readonly close: () => void;
  readonly onChoose: (emoji: string) => void;
}

function Choice({ box, close, onChoose }: ChoiceProps) {
  const [isWhole, setWhole] = useState(false);
  return (
    <>
      <div className="menu-veil" onMouseDown={close} />
      {isWhole ? (
        <WholeChoice box={box} close={close} onChoose={onChoose} />
      ) : (
        <FewChoice box={box} close={close} onChoose={onChoose} onMore={() => setWhole(true)} />
      )}
    </>
  );
}

function FewChoice({ box, close, onChoose, onMore }: ChoiceProps & { readonly onMore: () => void }) {
  const text = useText();
  const more = text('emoji.more');
  const grid = useRef<HTMLDivElement>(null);
  const place = useBeside(box, grid);
  useEffect(() => grid.current?.querySelector('button')?.focus(), [place]);
  const move = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
    if (event.key === 'Escape' || event.key === 'Tab') close();
    if (step !== undefined || event.key === 'Escape') event.preventDefault();
    if (step !== undefined) moveFocus(grid.current, step);
  };
  return (
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
      <button type="button" role="menuitem" aria-label={more} title={more} onClick={onMore}>
        <Icon name="add" />
      </button>
    </div>
  );
}

function WholeChoice({ box, close, onChoose }: ChoiceProps) {
  const text = useText();
  const panel = useRef<HTMLDivElement>(null);
  const place = useBeside(box, panel);
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    close();
  };
  return (
    <div
      ref={panel}
      className="emoji-picker"
      role="dialog"
      aria-label={text('message.react')}
      style={place}
      onKeyDown={press}
    >
      <Suspense fallback={<Loading />}>
        <EmojiPicker onChoose={onChoose} />
      </Suspense>
    </div>
  );
}
