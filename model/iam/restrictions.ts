import { isAbout, type Condition, type IamStatement } from "./document";
import { operatorOf } from "./operators";

/**
 * Whether a condition keeps out whoever it does not name: it needs a value that the request has, and not every value
 * would do. `StringNotEquals` keeps out those it names alone; `...IfExists` and `ForAllValues` hold where the request
 * lacks the key, unless another condition needs the key (IAM User Guide, "IAM JSON policy elements: Condition operators",
 * "Set operators for multivalued context keys").
 */
export function restricts(condition: Condition, { conditions }: Pick<IamStatement, "conditions">): boolean {
  const operator = operatorOf(condition.operator);
  if (operator === undefined || operator.isNegated === true || operator.name === "Null") return false;
  if (operator.hasWildcards === true && condition.values.some(isEveryValue)) return false;
  const holdsWithoutKey = operator.isIfExists || operator.quantifier === "ForAllValues";
  return !holdsWithoutKey || conditions.some((other) => needsKey(other, condition.key));
}

/** Whether a condition fails without the key. */
function needsKey(condition: Condition, key: string): boolean {
  const operator = operatorOf(condition.operator);
  if (operator === undefined || !isAbout(condition, key)) return false;
  if (operator.name === "Null") return condition.values.every((value) => value.toLowerCase() === "false");
  return operator.isNegated !== true && !operator.isIfExists && operator.quantifier !== "ForAllValues";
}

/** Whether a pattern fits every value of its form: `*`, `?*`, and an ARN of nothing but these. */
function isEveryValue(pattern: string): boolean {
  return /\*/.test(pattern) && /^(?:arn(?=:))?[*?:/]*$/.test(pattern);
}

/** Keys of a statement that keep somebody out, each as it is written. */
export function restrictingKeys(statement: Pick<IamStatement, "conditions">): readonly string[] {
  return statement.conditions.filter((each) => restricts(each, statement)).map(({ key }) => key);
}
