import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { IconButton } from './button.js';
import { Icon, type IconName } from './icon.js';

export interface MenuItem {
  readonly label: string;
  readonly icon?: IconName;
  readonly isDanger?: boolean;
  readonly onSelect: () => void;
}

interface MenuProps {
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly icon?: IconName;
}

/** A button that opens a list of actions; arrows move in it, Escape closes it. */
export function Menu({ label, items, icon = 'more' }: MenuProps) {
  const [place, setPlace] = useState<{ top: number; right: number }>();
  const button = useRef<HTMLSpanElement>(null);
  const close = (): void => {
    setPlace(undefined);
    button.current?.querySelector('button')?.focus();
  };
  const open = (): void => {
    const box = button.current?.getBoundingClientRect();
    if (!box) return;
    const height = items.length * 42 + 16;
    const top = box.bottom + height > window.innerHeight ? Math.max(8, box.top - height) : box.bottom + 4;
    setPlace({ top, right: Math.max(8, Math.min(window.innerWidth - box.right, window.innerWidth - 232)) });
  };
  return (
    <span ref={button} className="menu-anchor" data-open={place !== undefined}>
      <IconButton
        icon={icon}
        label={label}
        aria-haspopup="menu"
        aria-expanded={place !== undefined}
        onClick={place ? close : open}
      />
      {place && createPortal(<MenuList label={label} items={items} place={place} close={close} />, document.body)}
    </span>
  );
}

interface MenuListProps extends Pick<MenuProps, 'label' | 'items'> {
  readonly place: { readonly top: number; readonly right: number };
  readonly close: () => void;
}

function MenuList({ label, items, place, close }: MenuListProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus(), []);
  const move = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape' || event.key === 'Tab') close();
    if (step === undefined) return;
    event.preventDefault();
    const buttons = [...(list.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLElement);
    buttons.at((at + step) % buttons.length)?.focus();
  };
  return (
    <>
      <div className="menu-veil" onMouseDown={close} />
      <div ref={list} className="menu" role="menu" aria-label={label} style={place} onKeyDown={move}>
        {items.map((item) => (
          <button
            key={item.label}
            type="button"
            role="menuitem"
            className={item.isDanger ? 'danger' : undefined}
            onClick={() => {
              close();
              item.onSelect();
            }}
          >
            {item.icon && <Icon name={item.icon} size={18} />}
            {item.label}
          </button>
        ))}
      </div>
    </>
  );
}
