import {
  GraphQLError,
  Kind,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type SelectionSetNode,
  type ValidationRule,
} from 'graphql';
import { defaultPageSize, maxPageSize } from '../database/page.js';
import {
  readSelection,
  rootTypeOf,
  typeOfField,
  typeOfFragment,
  type DocumentSource,
  type SelectedField,
} from './selection.js';

/** What a paged field costs by itself: a query to the database. */
const pageCost = 20;

/**
 * Refuses operations whose answer could be too large. The cost is the number of fields that an answer can hold at
 * most: each selected field counts once for every row of the pages around it. A page has the size that is written in
 * the document, 50 without one, and 200 when a variable gives it.
 * @param limit the highest cost that passes
 */
export function costRule(limit: number): ValidationRule {
  return (context) => {
    const source: DocumentSource = { schema: context.getSchema(), fragment: (name) => context.getFragment(name) };
    const cost = new DocumentCost(source);
    return {
      OperationDefinition(operation) {
        const sum = cost.ofSelection(rootTypeOf(source, operation), operation.selectionSet);
        if (sum > limit) context.reportError(new GraphQLError(tooExpensive(sum, limit), { nodes: operation }));
      },
    };
  };
}

function tooExpensive(cost: number, limit: number): string {
  return `The operation is too expensive: ${cost} of ${limit}. Ask for smaller pages or fewer fields, and write the sizes of nested pages as numbers; a variable counts as ${maxPageSize}.`;
}

class DocumentCost {
  private readonly fragments = new Map<FragmentDefinitionNode, number>();

  constructor(private readonly source: DocumentSource) {}

  ofSelection(type: GraphQLNamedType | undefined, set: SelectionSetNode): number {
    const { fields, fragments } = readSelection(this.source, type, set);
    let sum = 0;
    for (const field of fields) sum += this.ofField(field);
    for (const fragment of fragments) sum += this.ofFragment(fragment);
    return sum;
  }

  private ofField(selected: SelectedField): number {
    const { node, field } = selected;
    if (!node.selectionSet || node.name.value.startsWith('__')) return 1;
    const inner = this.ofSelection(typeOfField(selected), node.selectionSet);
    return isPaged(field) ? pageCost + inner * pageSizeOf(selected) : 1 + inner;
  }

  /** Each fragment is counted once, so that fragments of fragments cannot make the counting itself expensive. */
  private ofFragment(fragment: FragmentDefinitionNode): number {
    const known = this.fragments.get(fragment);
    if (known !== undefined) return known;
    this.fragments.set(fragment, 0);
    const cost = this.ofSelection(typeOfFragment(this.source, fragment), fragment.selectionSet);
    this.fragments.set(fragment, cost);
    return cost;
  }
}

function isPaged(field: GraphQLField<unknown, unknown> | undefined): boolean {
  return field?.args.some(({ name }) => name === 'first') ?? false;
}

function pageSizeOf({ node }: SelectedField): number {
  const sizes = (node.arguments ?? [])
    .filter(({ name }) => name.value === 'first' || name.value === 'last')
    .map(({ value }) => sizeOf(value.kind === Kind.INT ? Number(value.value) : undefined, value.kind));
  return Math.max(...(sizes.length > 0 ? sizes : [defaultPageSize]));
}

/** Larger and negative sizes are refused by the field itself, with a message of its own. */
function sizeOf(written: number | undefined, kind: Kind): number {
  if (written !== undefined) return Math.min(Math.max(written, 1), maxPageSize);
  return kind === Kind.NULL ? defaultPageSize : maxPageSize;
}
