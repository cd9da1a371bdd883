import { fieldEntries } from '../bson/fields.js';
import { isNumeric, toDouble } from '../bson/numbers.js';
import type { Doc } from '../bson/types.js';
import type { CompiledFilter } from '../query/filter.js';

/** One field of an index. */
export interface IndexField {
  readonly path: string;
  readonly parts: readonly string[];
  readonly descending: boolean;
}

/** An index as it is kept in memory. */
export interface IndexInfo {
  readonly id: number;
  readonly name: string;
  /** The specification `listIndexes` gives: v, key, name and the options. */
  readonly spec: Doc;
  readonly fields: readonly IndexField[];
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly hidden: boolean;
  /** False for kinds that are only listed and hold no entries (wildcard indexes). */
  readonly stored: boolean;
  readonly partialFilter: Doc | undefined;
  readonly matchesPartial: CompiledFilter | undefined;
  /** By field: has any document ever had an array there? */
  readonly multikey: boolean[];
  /** Has any entry been cut because it was too long? Its entries then do not order exactly. */
  hasCutKeys: boolean;
  /** False until the transaction that built it is on disk. */
  ready: boolean;
}

/** The fields of a key pattern such as `{ a: 1, 'b.c': -1 }`. */
export function indexFields(key: Doc): IndexField[] {
  return fieldEntries(key).map(([path, direction]) => ({
    path,
    parts: path.split('.'),
    descending: isNumeric(direction) && toDouble(direction) < 0,
  }));
}
