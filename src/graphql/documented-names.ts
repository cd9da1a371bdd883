import { Kind, type DocumentNode } from 'graphql';
import * as operations from '../generated/operations.js';

/** The names of the published operation documents. */
const documentedNames: ReadonlySet<string> = new Set(
  Object.values(operations as Readonly<Record<string, DocumentNode>>).flatMap(({ definitions }) =>
    definitions.flatMap((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION && definition.name ? [definition.name.value] : [],
    ),
  ),
);

/** A client's name for an operation as it may stand in the log and in metrics: a documented one, or `other`. */
export function toldName(name: string | undefined): string {
  return name !== undefined && documentedNames.has(name) ? name : 'other';
}
