import { CommandError } from '../errors.js';
import type { Doc } from '../bson/types.js';
import type { Engine } from '../engine.js';
import { CollectionWriter } from './collection.js';
import type { CollectionInfo } from './collection-info.js';
import { createCollection } from './create.js';

/** The collection of a namespace, made when it is missing. Runs inside `store.write`. */
export function collectionToWrite(engine: Engine, namespace: string): CollectionInfo {
  return engine.catalog.get(namespace) ?? createCollection(engine.catalog, namespace, {});
}

export function writerOf(engine: Engine, collection: CollectionInfo): CollectionWriter {
  return new CollectionWriter(engine.catalog, collection);
}

/** @throws CommandError 121 for a document that the collection's validator refuses. */
export function checkValidator(collection: CollectionInfo, doc: Doc, before?: Doc): void {
  const { validator, options } = collection;
  if (!validator || options.validationAction === 'warn' || options.validationLevel === 'off') return;
  if (validator(doc)) return;
  if (options.validationLevel === 'moderate' && before && !validator(before)) return;
  throw new CommandError('DocumentValidationFailure', 'Document failed validation', {
    errInfo: { failingDocumentId: doc._id, details: { operatorName: '$validator' } },
  });
}
