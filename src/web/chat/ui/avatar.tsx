import { useState } from 'react';
import type { Presence } from '../../../generated/operations.js';
import { useText } from '../text/text.js';

const hues = 8;

export interface AvatarProps {
  /** What the colour is made from, so that it stays the same. */
  readonly id: string;
  readonly name: string;
  readonly presence?: Presence;
  readonly size?: 'small' | 'medium' | 'large';
  readonly isGroup?: boolean;
  /** The address of a picture. One on another machine is not shown: it would tell its host who looks. */
  readonly image?: string | null;
}

/** A picture, or initials on a colour of their own. */
export function Avatar({ id, name, presence, size = 'medium', isGroup = false, image }: AvatarProps) {
  const text = useText();
  const [broken, setBroken] = useState<string>();
  const picture = image && image !== broken && isSafe(image) ? image : undefined;
  const isShown = presence === 'ONLINE' || presence === 'AWAY';
  return (
    <span className={`avatar avatar-${size}${isGroup ? ' avatar-group' : ''}`} data-hue={hueOf(id)}>
      {picture === undefined ? (
        <span aria-hidden="true">{initialsOf(name)}</span>
      ) : (
        <img src={picture} alt="" onError={() => setBroken(picture)} />
      )}
      {isShown && (
        <span className="presence" data-presence={presence} role="img" aria-label={text(`presence.${presence}`)} />
      )}
    </span>
  );
}

function isSafe(address: string): boolean {
  return address.startsWith('data:image/') || address.startsWith(`${location.origin}/`);
}

function initialsOf(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const letters =
    words.length > 1
      ? [words[0], words.at(-1)].map((word) => [...(word ?? '')][0])
      : [...(words[0] ?? '?')].slice(0, 2);
  return letters.join('').toUpperCase();
}

function hueOf(id: string): number {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 997;
  return sum % hues;
}
