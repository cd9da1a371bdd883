import { useEffect, useRef, useState } from 'react';
import { useText } from '../text/text.js';
import { SearchField } from '../ui/search-field.js';
import { type Emoji, emojiGroups, emojisFound } from './emoji-list.js';

interface EmojiPickerProps {
  readonly onChoose: (emoji: string) => void;
}

/** Every emoji that the page offers, in groups, with a search. */
export function EmojiPicker({ onChoose }: EmojiPickerProps) {
  const text = useText();
  const [search, setSearch] = useState('');
  const field = useRef<HTMLDivElement>(null);
  useEffect(() => field.current?.querySelector('input')?.focus(), []);
  const found = emojisFound(search);
  return (
    <div ref={field} className="emoji-picker-body">
      <SearchField label={text('emoji.search')} value={search} onChange={setSearch} />
      <div className="emoji-picker-list">
        {search.trim() !== '' && <Group title={text('emoji.found')} emojis={found} onChoose={onChoose} />}
        {search.trim() === '' &&
          emojiGroups.map(({ group, emojis }) => (
            <Group key={group} title={text(`emoji.${group}`)} emojis={emojis} onChoose={onChoose} />
          ))}
        {found.length === 0 && <p className="muted">{text('list.nothingFound', { text: search.trim() })}</p>}
      </div>
    </div>
  );
}

interface GroupProps extends EmojiPickerProps {
  readonly title: string;
  readonly emojis: readonly Emoji[];
}

function Group({ title, emojis, onChoose }: GroupProps) {
  const { language } = useText();
  if (emojis.length === 0) return null;
  return (
    <section>
      <h3 className="section-title">{title}</h3>
      <div className="emoji-rows">
        {emojis.map((one) => (
          <button
            key={one.emoji}
            type="button"
            aria-label={`${one.emoji} ${one[language]}`}
            title={one[language]}
            onClick={() => onChoose(one.emoji)}
          >
            {one.emoji}
          </button>
        ))}
      </div>
    </section>
  );
}
