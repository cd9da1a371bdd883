import {
  type DefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  separateOperations,
  visit,
} from 'graphql';

type Variables = Readonly<Record<string, unknown>>;

/** A tab of the editor: every operation of one file, with variables for all of them. */
export interface Tab {
  /** Named after the file. */
  readonly title: string;
  readonly query: string;
  readonly variables: Variables;
}

/**
 * One tab a file, with the fragments that its operations take from other files. Files of fragments alone have none.
 * @param files texts of operation documents, by their paths
 * @param examples variables by the name of the operation
 */
export function tabsOf(files: Readonly<Record<string, string>>, examples: Readonly<Record<string, Variables>>): Tab[] {
  const fragments = separateOperations(parse(Object.values(files).join('\n')));
  return Object.entries(files).flatMap(([path, text]) => {
    const operations = parse(text).definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    if (operations.length === 0) return [];
    const tried = ownNames((operations as OperationDefinitionNode[]).map((node) => trialOf(node, examples)));
    const used = new Map<string, DefinitionNode>();
    for (const { node } of tried) {
      for (const definition of fragments[nameOf(node)]?.definitions ?? []) {
        if (definition.kind === Kind.FRAGMENT_DEFINITION) used.set(definition.name.value, definition);
      }
    }
    const definitions = [...tried.map(({ node }) => node), ...used.values()];
    return [
      {
        title: titleOf(path),
        query: print({ kind: Kind.DOCUMENT, definitions }),
        variables: Object.assign({}, ...tried.map(({ variables }) => variables)) as Variables,
      },
    ];
  });
}

/** An operation and the variables to try it with. */
interface Trial {
  readonly node: OperationDefinitionNode;
  readonly variables: Variables;
}

function trialOf(node: OperationDefinitionNode, examples: Readonly<Record<string, Variables>>): Trial {
  return { node, variables: examples[nameOf(node)] ?? {} };
}

/** A tab has one set of variables, so one that means another thing in another operation is called after its operation. */
function ownNames(trials: readonly Trial[]): Trial[] {
  const meanings = new Map<string, Set<string>>();
  for (const { variables } of trials) {
    for (const [name, value] of Object.entries(variables)) {
      meanings.set(name, (meanings.get(name) ?? new Set()).add(JSON.stringify(value)));
    }
  }
  return trials.map(({ node, variables }) => {
    const shared = (name: string): boolean => (meanings.get(name)?.size ?? 0) < 2 || variables[name] === undefined;
    const ownName = (name: string): string => (shared(name) ? name : lower(nameOf(node)) + upper(name));
    return {
      node: visit(node, {
        Variable: ({ name, ...rest }) => ({ ...rest, name: { ...name, value: ownName(name.value) } }),
      }),
      variables: Object.fromEntries(Object.entries(variables).map(([name, value]) => [ownName(name), value])),
    };
  });
}

function nameOf({ name }: OperationDefinitionNode): string {
  return name?.value ?? '';
}

/** `Old clients` of `.../old-clients.graphql`. */
function titleOf(path: string): string {
  const [file = ''] = /[^/]+(?=\.graphql$)/.exec(path) ?? [];
  return upper(file.replaceAll('-', ' '));
}

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
