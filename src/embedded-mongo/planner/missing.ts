import { equalValues } from '../bson/compare.js';
import type { Conjunct } from './analyse.js';

/** True when no result lacks the field. */
export function excludesMissing(conjuncts: readonly Conjunct[], path: string): boolean {
  return conjuncts.some((conjunct) => {
    if (conjunct.path !== path || conjunct.seesWholeArrays) return false;
    const { operator, operand } = conjunct;
    if (operator === '$exists') return operand === true || operand === 1;
    if (operator === '$in')
      return Array.isArray(operand) && operand.every((item) => item !== null && item !== undefined);
    return (
      ['$eq', '$gt', '$gte', '$lt', '$lte', '$regex', '$type', '$mod', '$size'].includes(operator) &&
      !equalValues(operand ?? null, null)
    );
  });
}
