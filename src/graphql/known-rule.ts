import { GraphQLError, Kind, type ValidationRule, type ValueNode } from 'graphql';

/**
 * What a follower knows changes with every call. Written into the document it would make each document a new one, so
 * that none is remembered and no execution is shared.
 */
export const knownRule: ValidationRule = (context) => ({
  Argument(node) {
    const { name, value } = node;
    if (name.value !== 'known' || !isWritten(value)) return;
    const sentence = 'Argument "known" must be given as a variable, such as conversationFeed(known: $known).';
    context.reportError(new GraphQLError(sentence, { nodes: node }));
  },
});

function isWritten(value: ValueNode): boolean {
  return value.kind === Kind.OBJECT || (value.kind === Kind.LIST && value.values.length > 0);
}
