import { readdirSync, readFileSync } from 'node:fs';
import {
  buildSchema,
  getVariableValues,
  Kind,
  parse,
  type OperationDefinitionNode,
  OperationTypeNode,
  validate,
} from 'graphql';
import { tabsOf } from '../../src/web/playground/tabs.js';
import { buildGroup, say } from '../support/builders.js';
import { startChatset } from '../support/chatset.js';

interface Examples {
  readonly ids: Record<string, string>;
  readonly operations: Record<string, Record<string, unknown>>;
}

const folder = 'schema/operations';
const schema = buildSchema(readFileSync('schema/schema.graphql', 'utf8'));
const examples = JSON.parse(readFileSync('schema/examples.json', 'utf8')) as Examples;
const files = readdirSync(folder).map((file) => [`${folder}/${file}`, readFileSync(`${folder}/${file}`, 'utf8')]);
const tabs = tabsOf(Object.fromEntries(files) as Record<string, string>, examples.operations);
const operationsIn = (query: string): OperationDefinitionNode[] =>
  parse(query).definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);

describe('the tabs of the playground', () => {
  it('are named after the files and hold every documented operation once', () => {
    expect(tabs.map(({ title }) => title)).toEqual(
      expect.arrayContaining(['Contacts', 'Conversations', 'Groups', 'Messages', 'Old clients', 'Users']),
    );
    const names = tabs.flatMap(({ query }) => operationsIn(query).map(({ name }) => name?.value));
    expect(names.sort()).toEqual(Object.keys(examples.operations).sort());
  });

  it.each(tabs)('$title is valid, and its variables fit each of its operations', ({ query, variables }) => {
    expect(validate(schema, parse(query))).toEqual([]);
    for (const { variableDefinitions = [] } of operationsIn(query)) {
      expect(getVariableValues(schema, variableDefinitions, { ...variables }).errors).toBeUndefined();
    }
  });

  it('answer every query when they have the ids of the one who asks', async () => {
    const server = await startChatset();
    const [ana, leo] = await server.people('ana', 'leo');
    const conversation = await buildGroup(ana, [leo]);
    const { id: message } = await say(ana, conversation, 'Hola');
    const own: Record<string, string> = { conversation, message, person: leo.id, you: ana.id };
    for (const { query, variables } of tabs) {
      const filled = Object.entries(own).reduce(
        (text, [name, id]) => text.replaceAll(examples.ids[name] ?? '', id),
        JSON.stringify(variables),
      );
      for (const { name, operation } of operationsIn(query)) {
        if (operation !== OperationTypeNode.QUERY || name?.value === 'Reports') continue;
        const body = JSON.stringify({ query, operationName: name?.value, variables: JSON.parse(filled) as object });
        const headers = { 'content-type': 'application/json', authorization: `Bearer ${ana.token}` };
        const response = await fetch(`${server.url}/graphql`, { method: 'POST', headers, body });
        expect(await response.json()).toEqual({ data: expect.anything() as unknown });
      }
    }
    await server.stop();
  });
});
