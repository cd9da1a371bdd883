import { type ASTNode, BREAK, type DocumentNode, Kind, visit } from 'graphql';

/**
 * Where a literal of a document stands, as graphql-js writes the place of a variable's value: the argument, then
 * properties and places in lists, as `input.members[2]`. Of a property that should not be there: where its object
 * stands. Undefined for what is no part of an argument.
 */
export function literalPlace(document: DocumentNode, literal: ASTNode): string | undefined {
  let found: readonly (string | number)[] = [];
  visit(document, {
    enter: (...[node, , , path]) => {
      if (node !== literal) return undefined;
      found = [...path];
      return BREAK;
    },
  });
  return placeAlong(document, found, literal);
}

function placeAlong(document: DocumentNode, path: readonly (string | number)[], literal: ASTNode): string | undefined {
  let place: string | undefined;
  let at: unknown = document;
  for (const [index, key] of path.entries()) {
    at = (at as Record<string | number, unknown>)[key];
    const node = at as ASTNode;
    if (node.kind === Kind.ARGUMENT) place = node.name.value;
    else if (place === undefined) continue;
    else if (path[index - 1] === 'values') place += `[${key}]`;
    else if (node.kind === Kind.OBJECT_FIELD && node !== literal) place += `.${node.name.value}`;
  }
  return place;
}
