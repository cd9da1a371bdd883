import { createHash } from 'node:crypto';
import {
  getOperationAST,
  GraphQLError,
  Kind,
  parse,
  print,
  SingleFieldSubscriptionsRule,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { describeOperation, type KnownOperation } from './known-operation.js';
import { literalPlace } from './literal-place.js';
import { limitRules, parseLimits } from './limits.js';
import { subscriptionRootRule } from './subscription-root-rule.js';

/** Characters of source that the cache may hold in all. */
const cacheSize = 8_000_000;

interface ValidDocument {
  readonly document: DocumentNode;
  readonly hash: string;
  readonly operations: Map<string, KnownOperation>;
}

/** Why a document is refused; `errors` are those of graphql-js and still have to be presented. */
export class DocumentRefused extends Error {
  constructor(readonly errors: readonly GraphQLError[]) {
    super('The document is refused.');
    this.name = 'DocumentRefused';
  }
}

/** Parses and validates each document once. Documents that are refused are not kept. */
export class Documents {
  private readonly bySource = new LRUCache<string, ValidDocument>({
    maxSize: cacheSize,
    sizeCalculation: (_document, source) => source.length + 1,
  });
  private readonly byNode = new WeakMap<DocumentNode, ValidDocument>();
  private readonly rules: Parameters<typeof validate>[2];

  /** @param introspection whether documents may ask for the schema */
  constructor(
    private readonly schema: GraphQLSchema,
    introspection: boolean,
  ) {
    const specified = specifiedRules.map((rule) =>
      rule === SingleFieldSubscriptionsRule ? subscriptionRootRule : rule,
    );
    this.rules = [...specified, ...limitRules(introspection)];
  }

  /**
   * The operation to run.
   * @param query a document, as text or parsed
   * @param name which of its operations; may be absent when there is only one
   * @throws DocumentRefused when it is not GraphQL, breaks a rule or has no such operation
   */
  operation(query: string | DocumentNode, name?: string | null): KnownOperation {
    const valid = typeof query === 'string' ? this.fromSource(query) : this.fromNode(query);
    const known = valid.operations.get(name ?? '');
    if (known) return known;
    const node = getOperationAST(valid.document, name);
    if (!node) throw new DocumentRefused([noSuchOperation(valid.document, name)]);
    const id = `${valid.hash}.${node.name?.value ?? ''}`;
    const operation = describeOperation(this.schema, valid.document, { node, id });
    valid.operations.set(name ?? '', operation);
    return operation;
  }

  /** What the rules have against a document; nothing when it is valid. */
  faultsOf(document: DocumentNode): readonly GraphQLError[] {
    const faults = validate(this.schema, document, this.rules);
    for (const { nodes, extensions } of faults) if (nodes?.[0]) extensions.place = literalPlace(document, nodes[0]);
    return faults;
  }

  private fromSource(source: string): ValidDocument {
    const known = this.bySource.get(source);
    if (known) return known;
    const valid = this.validated(parseSource(source), source);
    this.bySource.set(source, valid);
    return valid;
  }

  private fromNode(document: DocumentNode): ValidDocument {
    const known = this.byNode.get(document);
    if (known) return known;
    const valid = this.validated(document, print(document));
    this.byNode.set(document, valid);
    return valid;
  }

  private validated(document: DocumentNode, source: string): ValidDocument {
    const errors = this.faultsOf(document);
    if (errors.length > 0) throw new DocumentRefused(errors);
    return { document, hash: createHash('sha256').update(source).digest('base64url'), operations: new Map() };
  }
}

function parseSource(source: string): DocumentNode {
  try {
    return parse(source, { ...parseLimits, noLocation: true });
  } catch (error) {
    if (error instanceof GraphQLError) throw new DocumentRefused([error]);
    throw error;
  }
}

function noSuchOperation(document: DocumentNode, name: string | null | undefined): GraphQLError {
  if (name) return new GraphQLError(`Unknown operation named "${name}".`);
  const isEmpty = !document.definitions.some(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  return new GraphQLError(
    isEmpty ? 'Must provide an operation.' : 'Must provide operation name if query contains multiple operations.',
  );
}
