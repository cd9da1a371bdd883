import {
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  SingleFieldSubscriptionsRule,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';

const conditions = new Set(['skip', 'include']);

/**
 * A subscription has one root field, always. The rule of graphql-js throws, or lets nothing at all pass as a field,
 * where the field depends on @skip or @include; those are refused before it is asked.
 */
export const subscriptionRootRule: ValidationRule = (context) => {
  const single = SingleFieldSubscriptionsRule(context) as OperationVisitor;
  return {
    OperationDefinition(node) {
      if (node.operation !== OperationTypeNode.SUBSCRIPTION) return;
      if (!isConditional(node.selectionSet, { context, visited: new Set() })) {
        single.OperationDefinition(node);
        return;
      }
      const sentence = 'Subscription root must not depend on @skip or @include: subscribe only when you want it.';
      context.reportError(new GraphQLError(sentence, { nodes: node }));
    },
  };
};

interface OperationVisitor {
  OperationDefinition(node: OperationDefinitionNode): void;
}

interface Walk {
  readonly context: ValidationContext;
  /** Names of fragments; they may spread each other in a circle. */
  readonly visited: Set<string>;
}

/** Whether what is selected at the root, also by fragments, depends on a condition. */
function isConditional({ selections }: SelectionSetNode, walk: Walk): boolean {
  return selections.some((selection) => {
    if (selection.directives?.some(({ name }) => conditions.has(name.value))) return true;
    if (selection.kind === Kind.FIELD) return false;
    if (selection.kind === Kind.INLINE_FRAGMENT) return isConditional(selection.selectionSet, walk);
    const name = selection.name.value;
    if (walk.visited.has(name)) return false;
    walk.visited.add(name);
    const fragment = walk.context.getFragment(name);
    return fragment ? isConditional(fragment.selectionSet, walk) : false;
  });
}
