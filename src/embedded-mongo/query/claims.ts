/** True for a part that stands for elements of an array: `$[]` or `$[name]`. */
export function isFiltered(part: string): boolean {
  return /^\$\[.*\]$/.test(part);
}

/** True for a part that stands for elements of an array: also `$`. */
export function isDynamic(part: string): boolean {
  return part === '$' || isFiltered(part);
}

/** What is changed at a place: the value itself, fields (or positions) within it, or chosen elements. */
type Kind = 'value' | 'fields' | 'elements';

interface Claim {
  readonly kind: Kind;
  readonly within: Map<string, Claim>;
}

function kindBehind(parts: readonly string[], at: number): Kind {
  const next = parts[at + 1];
  if (next === undefined) return 'value';
  return isFiltered(next) ? 'elements' : 'fields';
}

/** The paths that one update changes, of which none may contain another. */
export class Claims {
  readonly #root: Claim = { kind: 'fields', within: new Map() };

  /** Claims a path. @returns the path at which it meets one that was claimed before, if it does. */
  claim(parts: readonly string[]): string | undefined {
    let claim = this.#root;
    for (const [at, part] of parts.entries()) {
      const kind = kindBehind(parts, at);
      const known = claim.within.get(part);
      if (known && (kind === 'value' || known.kind !== kind)) return parts.slice(0, at + 1).join('.');
      const next = known ?? { kind, within: new Map<string, Claim>() };
      if (!known) claim.within.set(part, next);
      claim = next;
    }
    return undefined;
  }
}
