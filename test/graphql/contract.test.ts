import { readFileSync } from 'node:fs';
import { buildSchema, isEnumType, isInputObjectType, isObjectType, isUnionType, type GraphQLSchema } from 'graphql';

const read = (path: string): GraphQLSchema => buildSchema(readFileSync(new URL(path, import.meta.url), 'utf8'));
const contract = read('../../../test/graphql/contract.graphql');
const schema = read('../../../schema/schema.graphql');

interface Named {
  readonly name: string;
  readonly type: { toString(): string };
  readonly args?: readonly Named[];
}

/** Every published name with its exact type, one line each. */
function linesOf(source: GraphQLSchema, typeName: string): string[] {
  const type = source.getType(typeName);
  if (isEnumType(type)) return type.getValues().map(({ name }) => `${typeName}.${name}`);
  if (isUnionType(type)) return type.getTypes().map(({ name }) => `${typeName} = ${name}`);
  if (!isObjectType(type) && !isInputObjectType(type)) return [];
  const fields: readonly Named[] = Object.values(type.getFields());
  return fields.flatMap(({ name, type: fieldType, args }) => [
    `${typeName}.${name}: ${String(fieldType)}`,
    ...(args ?? []).map((arg) => `${typeName}.${name}(${arg.name}: ${String(arg.type)})`),
  ]);
}

const published = Object.keys(contract.getTypeMap()).filter((name) => !name.startsWith('__'));

/** The fields that a program asks for: operations, and what takes arguments. */
const asked = Object.values(schema.getTypeMap()).flatMap((type) =>
  isObjectType(type) && !type.name.startsWith('__')
    ? Object.values(type.getFields())
        .filter(({ args }) => args.length > 0 || /^(Query|Mutation|Subscription)$/.test(type.name))
        .map(({ name, description }) => ({ field: `${type.name}.${name}`, description }))
    : [],
);

describe('the published API', () => {
  it.each(asked)('says what $field is', ({ description }) => {
    expect(description).toMatch(/\S.*\.$/);
  });

  it.each(published)('keeps the names, arguments and nullability of %s', (typeName) => {
    expect(linesOf(schema, typeName)).toEqual(expect.arrayContaining(linesOf(contract, typeName)));
  });
});
