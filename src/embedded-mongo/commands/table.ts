import { aggregateCommands } from './aggregate.js';
import { collectionCommands } from './collections.js';
import type { Command, CommandTable } from './command.js';
import { explainCommands } from './explain.js';
import { findAndModifyCommands } from './find-and-modify.js';
import { findCommands } from './find.js';
import { indexCommands } from './indexes.js';
import { insertCommands } from './insert.js';
import { serverInfoCommands } from './server-info.js';
import { statisticsCommands } from './statistics.js';
import { writeCommands } from './write.js';

const families: readonly CommandTable[] = [
  serverInfoCommands,
  collectionCommands,
  indexCommands,
  findCommands,
  aggregateCommands,
  insertCommands,
  writeCommands,
  findAndModifyCommands,
  explainCommands,
  statisticsCommands,
];

/** Every command by its name. */
export const commandTable: ReadonlyMap<string, Command> = new Map(families.flatMap((family) => Object.entries(family)));
