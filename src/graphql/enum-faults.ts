import { GraphQLError, isEnumType, type GraphQLEnumType, type GraphQLSchema } from 'graphql';

/** Lets every enum of a schema say which values it has, in place of a text that holds the value given. */
export function tellEnumValues(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isEnumType(type) && !type.name.startsWith('__')) tellValues(type);
  }
}

function tellValues(type: GraphQLEnumType): void {
  const names = type.getValues().map(({ name }) => name);
  const sentence = `Enum "${type.name}" must be one of ${names.join(', ')}`;
  const [parseValue, parseLiteral] = [type.parseValue.bind(type), type.parseLiteral.bind(type)];
  const orSay = (parse: () => unknown, options: { nodes?: Parameters<typeof parseLiteral>[0] }): unknown => {
    try {
      return parse();
    } catch {
      throw new GraphQLError(sentence, options);
    }
  };
  type.parseValue = (value) => orSay(() => parseValue(value), {});
  type.parseLiteral = (node, variables) => orSay(() => parseLiteral(node, variables), { nodes: node });
}
