import { Kind, parse, print, separateOperations, type DefinitionNode } from 'graphql';

/** Every published operation document, by its path. */
const files = import.meta.glob<string>('../../../schema/operations/*.graphql', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** A tab of the editor. */
export interface Tab {
  readonly query: string;
}

/** One tab a file, with the fragments that its operations take from other files. Files of fragments alone have none. */
export function documentedTabs(): Tab[] {
  const standalone = separateOperations(parse(Object.values(files).join('\n')));
  return Object.values(files).flatMap((text) => {
    const names = parse(text).definitions.flatMap((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION && definition.name ? [definition.name.value] : [],
    );
    const definitions = new Map<string, DefinitionNode>();
    for (const definition of names.flatMap((name) => standalone[name]?.definitions ?? [])) {
      if ('name' in definition && definition.name) definitions.set(definition.name.value, definition);
    }
    if (names.length === 0) return [];
    const operationsFirst = [...definitions.values()].sort((left, right) => rank(left) - rank(right));
    return [{ query: print({ kind: Kind.DOCUMENT, definitions: operationsFirst }) }];
  });
}

function rank({ kind }: DefinitionNode): number {
  return kind === Kind.OPERATION_DEFINITION ? 0 : 1;
}
