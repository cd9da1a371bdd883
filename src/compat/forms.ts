import { Kind } from 'graphql';
import { documentedEvents } from '../docs/documented-events.js';
import type { OtherForms } from '../docs/event-forms.js';
import type { Operation } from './operation.js';
import { table } from './table.js';

/** How every documented event is named over Socket.IO, and its routes of REST; by the name of the event. */
export function compatForms(): ReadonlyMap<string, OtherForms> {
  const forms = new Map<string, Names>();
  for (const { event } of documentedEvents) forms.set(event, { socketIo: new Set(), rest: new Set() });
  for (const row of table) {
    const names = forms.get(documentedNameOf(row));
    for (const name of [row.event, ...row.aliases]) names?.socketIo.add(name);
    for (const { method, path } of row.routes) names?.rest.add(`${method} ${path}`);
  }
  return new Map(
    [...forms].map(([event, { socketIo, rest }]) => [event, { socketIo: [...socketIo], rest: [...rest] }]),
  );
}

interface Names {
  readonly socketIo: Set<string>;
  readonly rest: Set<string>;
}

/** A row goes by its own name, or by that of the event whose field it runs. @throws Error when there is neither */
function documentedNameOf(row: Operation): string {
  const found =
    documentedEvents.find(({ event }) => event === row.event) ??
    documentedEvents.find(({ fields }) => fields.includes(rootFieldOf(row)));
  if (!found) throw new Error(`The table serves ${row.event}, which no event documents.`);
  return found.event;
}

function rootFieldOf({ document }: Operation): string {
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const field = operation?.selectionSet.selections[0];
  return field?.kind === Kind.FIELD ? field.name.value : '';
}
