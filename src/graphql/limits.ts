import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesRule } from '@escape.tech/graphql-armor-max-directives';
import {
  GraphQLError,
  NoSchemaIntrospectionCustomRule,
  type ParseOptions,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import { costRule } from './cost-rule.js';
import { knownRule } from './known-rule.js';

/** The largest document that is parsed, in tokens of the GraphQL language. */
export const maxTokens = 2_000;
/** Levels of fields; the deepest documented operation has 8. */
export const maxDepth = 10;
/** Renamed fields of one operation. */
export const maxAliases = 30;
/** Directives of one operation. */
export const maxDirectives = 20;
/** Fields that an answer may hold at most; of the documented operations, 200 messages have 7,620 and 200 conversations 15,420. */
const maxCost = 20_000;

/** How documents are parsed on every transport. */
export const parseLimits: ParseOptions = { maxLexicalTokens: maxTokens };

/**
 * The rules that come on top of those of the GraphQL specification, the same on every transport.
 * @param introspection whether clients may ask for the schema
 */
export function limitRules(introspection: boolean): readonly ValidationRule[] {
  const limits = [
    maxDepthRule({ n: maxDepth, flattenFragments: true, ...refusing('is nested too deeply', maxDepth) }),
    maxAliasesRule({ n: maxAliases, allowList: [], ...refusing('has too many aliases', maxAliases) }),
    maxDirectivesRule({ n: maxDirectives, ...refusing('has too many directives', maxDirectives) }),
    costRule(maxCost),
    knownRule,
  ] as ValidationRule[];
  return introspection ? limits : [...limits, NoSchemaIntrospectionCustomRule];
}

/** The libraries throw by themselves, which would end validation with a single error of their own wording. */
function refusing(what: string, limit: number) {
  const report = (context: ValidationContext | null): void =>
    context?.reportError(new GraphQLError(`Operation ${what}: at most ${limit} pass.`));
  return { propagateOnRejection: false, onReject: [report] };
}
