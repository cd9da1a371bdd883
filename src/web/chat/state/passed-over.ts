import type { ChatState, Row } from './types.js';

interface LoadedPages {
  /** The conversations as they were known when the first page was asked for. */
  readonly asked: ReadonlyMap<string, Row>;
  /** Latest activity first. */
  readonly loaded: readonly Row[];
  /** There are no others. */
  readonly isAll: boolean;
  readonly isSpam: boolean;
}

/**
 * Takes out of the list what its pages pass over: it was put away elsewhere while nothing was heard. What has changed
 * since they were asked for stays, for they may not know of it.
 */
export function foldPassedOver(state: ChatState, { asked, loaded, isAll, isSpam }: LoadedPages): ChatState {
  const told = new Set(loaded.map(({ id }) => id));
  const reaches = isAll ? '' : (loaded.at(-1)?.updatedAt ?? '');
  const isPassedOver = (id: string): boolean => {
    const row = state.rows.get(id);
    if (!row || told.has(id) || row !== asked.get(id)) return false;
    return row.isSpam === isSpam && row.updatedAt > reaches;
  };
  const listed = [...state.listed].filter((id) => !isPassedOver(id));
  return listed.length === state.listed.size ? state : { ...state, listed: new Set(listed) };
}
