import { useRef } from 'react';
import { useText } from '../text/text.js';
import { IconButton } from './button.js';
import { Icon } from './icon.js';

interface SearchFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Where one types what is looked for. Escape empties it; Enter sends no form around it. */
export function SearchField({ label, value, onChange }: SearchFieldProps) {
  const text = useText();
  const input = useRef<HTMLInputElement>(null);
  const empty = (): void => {
    onChange('');
    input.current?.focus();
  };
  return (
    <label className="search">
      <Icon name="search" size={18} />
      <input
        ref={input}
        type="search"
        value={value}
        placeholder={label}
        aria-label={label}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.preventDefault();
          if (event.key !== 'Escape' || value === '') return;
          event.preventDefault();
          onChange('');
        }}
      />
      {value !== '' && <IconButton icon="close" label={text('action.empty')} onClick={empty} />}
    </label>
  );
}
