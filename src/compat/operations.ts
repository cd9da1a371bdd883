import { OperationTypeNode, type GraphQLSchema } from 'graphql';
import type { Actor } from '../auth/actor.js';
import { unauthenticated } from '../errors.js';
import type { Caller } from '../graphql/context.js';
import type { Contexts } from '../graphql/contexts.js';
import { isKnown, isLive, type Executor } from '../graphql/executor.js';
import type { KnownOperation } from '../graphql/known-operation.js';
import type { LiveSubscription, Variables } from '../graphql/live-subscription.js';
import { presentError } from '../graphql/present-error.js';
import { failure, renamed, success, type Answer, type Failure } from './answer.js';
import type { Given, Operation } from './operation.js';
import { VariablePlan } from './variables.js';

export interface OperationsParts {
  readonly schema: GraphQLSchema;
  readonly executor: Executor;
  readonly contexts: Contexts;
}

/** A row whose document fits the schema. */
export interface Row extends Operation {
  readonly known: KnownOperation;
  readonly plan: VariablePlan;
}

/** Who asks. */
export interface Asker {
  readonly caller: Caller;
  readonly actor: Actor | undefined;
}

/** Runs rows of the table through the schema, as who asks. */
export class Operations {
  readonly rows: readonly Row[];

  /** @throws Error when a row does not fit the schema */
  constructor(
    private readonly parts: OperationsParts,
    table: readonly Operation[],
  ) {
    this.rows = table.map((row) => ({
      ...row,
      known: this.known(row.document),
      plan: new VariablePlan(parts.schema, row),
    }));
  }

  /** A row by its event; of several, the last. @throws Error without one */
  row(event: string): Row {
    const row = this.rows.findLast((candidate) => candidate.event === event);
    if (!row) throw new Error(`The table lacks ${event}.`);
    return row;
  }

  /** A document that fits the schema. @throws Error when it does not */
  known(document: Operation['document']): KnownOperation {
    const known = this.parts.executor.prepare({ query: document });
    if (!isKnown(known)) throw new Error(`A document is refused: ${known.errors?.[0]?.message ?? ''}`);
    return known;
  }

  /** Runs a row that is a query or a mutation. Never rejects. */
  async run(row: Row, given: Given, asker: Asker): Promise<Answer> {
    const variables = this.variablesOf(row, given, asker);
    if ('code' in variables) return variables;
    const context = this.parts.contexts.forCall(asker.caller, asker.actor);
    const { data, errors } = await this.parts.executor.run(row.known, variables.variables, context);
    if (errors?.[0]) return renamed(failure(errors[0]), row.plan.namesIn(given));
    return success(row.status, row.reply(data as never, given), row.plan.has('before'));
  }

  /** Opens a row that is a subscription, or says why not. Never rejects. */
  async open(row: Row, given: Given, asker: Asker): Promise<LiveSubscription | Failure> {
    const variables = this.variablesOf(row, given, asker);
    if ('code' in variables) return variables;
    return this.follow(row.known, variables.variables, asker);
  }

  /** Opens a subscription, or says why not. Never rejects. */
  async follow(known: KnownOperation, variables: Variables, asker: Asker): Promise<LiveSubscription | Failure> {
    const context = this.parts.contexts.forCall(asker.caller, asker.actor);
    const opened = await this.parts.executor.open(known, variables, context);
    return isLive(opened) ? opened : failure(opened.errors?.[0] ?? presentError(undefined));
  }

  private variablesOf(row: Row, given: Given, { caller, actor }: Asker): { variables: Variables } | Failure {
    try {
      if (!actor && !row.isPublic) throw unauthenticated();
      const adapted = row.adapt ? row.adapt(given, { userId: actor?.userId ?? '' }) : given;
      return { variables: row.plan.variables(adapted) };
    } catch (error) {
      return this.refuse(row, error, caller);
    }
  }

  /** The answer for what is not run, which is seen like everything that fails. */
  refuse(row: Pick<Row, 'known'> | undefined, error: unknown, caller: Caller): Failure {
    this.parts.executor.watch.begin(caller, row?.known.node.name?.value).finished([error]);
    return failure(presentError(error));
  }
}

/** Whether a row opens a stream. */
export function isStream({ known }: Row): boolean {
  return known.node.operation === OperationTypeNode.SUBSCRIPTION;
}
