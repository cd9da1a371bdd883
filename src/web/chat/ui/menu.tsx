import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useBeside } from './beside.js';
import { IconButton } from './button.js';
import { floorOfMenus } from './floor.js';
import { moveFocus } from './move-focus.js';
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
  const [box, setBox] = useState<DOMRect>();
  const button = useRef<HTMLSpanElement>(null);
  const close = (): void => {
    setBox(undefined);
    button.current?.querySelector('button')?.focus();
  };
  const open = (): void => setBox(button.current?.getBoundingClientRect());
  return (
    <span ref={button} className="menu-anchor" data-open={box !== undefined}>
      <IconButton
        icon={icon}
        label={label}
        aria-haspopup="menu"
        aria-expanded={box !== undefined}
        onClick={box ? close : open}
      />
      {box && createPortal(<MenuList label={label} items={items} box={box} close={close} />, floorOfMenus())}
    </span>
  );
}

interface MenuListProps extends Pick<MenuProps, 'label' | 'items'> {
  readonly box: DOMRect;
  readonly close: () => void;
}

function MenuList({ label, items, box, close }: MenuListProps) {
  const list = useRef<HTMLDivElement>(null);
  const place = useBeside(box, list);
  // What is not placed yet cannot take the focus.
  useEffect(() => list.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus(), [place]);
  const move = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape' || event.key === 'Tab') close();
    if (step !== undefined || event.key === 'Escape') event.preventDefault();
    if (step !== undefined) moveFocus(list.current, step);
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
