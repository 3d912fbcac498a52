import { isAbout, type Condition, type IamStatement } from "./document";
import { operatorOf } from "./operators";

/**
 * Whether a condition excludes everyone whom it does not name: the request must have a value, and not every value matches.
 * `StringNotEquals` excludes only those it names; `...IfExists` and `ForAllValues` match if the request lacks the key,
 * unless another condition requires the key (IAM User Guide, "IAM JSON policy elements: Condition operators",
 * "Set operators for multivalued context keys").
 */
export function restricts(condition: Condition, { conditions }: Pick<IamStatement, "conditions">): boolean {
  const operator = operatorOf(condition.operator);
  if (operator === undefined || operator.isNegated === true || operator.name === "Null") return false;
  if (operator.hasWildcards === true && condition.values.some(isEveryValue)) return false;
  const holdsWithoutKey = operator.isIfExists || operator.quantifier === "ForAllValues";
  return !holdsWithoutKey || conditions.some((other) => needsKey(other, condition.key));
}

/** Whether a condition fails if the request lacks the key. */
function needsKey(condition: Condition, key: string): boolean {
  const operator = operatorOf(condition.operator);
  if (operator === undefined || !isAbout(condition, key)) return false;
  if (operator.name === "Null") return condition.values.every((value) => value.toLowerCase() === "false");
  return operator.isNegated !== true && !operator.isIfExists && operator.quantifier !== "ForAllValues";
}

/** Whether a pattern matches every value of its form: `*`, `?*`, or an ARN of only these. */
function isEveryValue(pattern: string): boolean {
  return /\*/.test(pattern) && /^(?:arn(?=:))?[*?:/]*$/.test(pattern);
}

/** Condition keys that restrict a statement, as written. */
export function restrictingKeys(statement: Pick<IamStatement, "conditions">): readonly string[] {
  return statement.conditions.filter((each) => restricts(each, statement)).map(({ key }) => key);
}
