import { useMemo } from 'react';
import { useChatState } from '../state/hooks.js';
import type { Row } from '../state/types.js';

/** The listed conversations that pass, latest activity first. */
export function useRows(passes: (row: Row) => boolean): readonly Row[] {
  const rows = useChatState((state) => state.rows);
  const listed = useChatState((state) => state.listed);
  return useMemo(
    () =>
      [...rows.values()]
        .filter((row) => listed.has(row.id) && passes(row))
        .sort((one, other) => (one.updatedAt < other.updatedAt ? 1 : -1)),
    [rows, listed],
  );
}
