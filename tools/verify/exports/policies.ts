import { isProperties, type Properties } from "../../model/resource";
import { DEEPEST, nesting, parsed } from "./nesting";

/** Properties with a JSON document as text, of any resource type. */
const DOCUMENTS: readonly string[] = [
  "assumeRolePolicy",
  "eventPattern",
  "lifecyclePolicy",
  "policy",
  "repositoryPolicy",
];

/**
 * The fault in the documents of a resource, as part of a sentence; undefined if there is none. AWS rejects invalid policies,
 * so a file with one is not a genuine export.
 */
export function faultInDocuments(properties: Properties): string | undefined {
  const inside = [properties["inlinePolicies"]].flat().filter(isProperties);
  const texts = [properties, ...inside].flatMap((each) =>
    DOCUMENTS.map((name) => [name, each[name]] as const).filter(
      (entry): entry is readonly [string, string] => typeof entry[1] === "string" && entry[1] !== "",
    ),
  );
  return texts.map(([name, text]) => faultIn(name, text)).find((fault) => fault !== undefined);
}

function faultIn(name: string, text: string): string | undefined {
  if (nesting(text) > DEEPEST) return `the ${name} is nested more than ${String(DEEPEST)} levels deep`;
  const document = parsed(text);
  if (!isProperties(document)) return `the ${name} is not a JSON object`;
  const statements = document["Statement"] === undefined ? [] : [document["Statement"]].flat();
  return statements.every(isStatement)
    ? undefined
    : `the ${name} has a statement that the IAM policy grammar does not allow`;
}

/** Whether a statement has the structure of the IAM User Guide, "Grammar of the IAM JSON policy language". */
function isStatement(value: unknown): boolean {
  if (!isProperties(value)) return false;
  const { Effect: effect, Sid: sid, Condition: condition = {} } = value;
  const lists = ["Action", "NotAction", "Resource", "NotResource"].map((name) => value[name]);
  const principals = [value["Principal"], value["NotPrincipal"]];
  return (
    typeof effect === "string" &&
    (sid === undefined || typeof sid === "string") &&
    lists.every((list) => list === undefined || isTexts(list)) &&
    principals.every((each) => each === undefined || typeof each === "string" || isRecordOf(each, isTexts)) &&
    isRecordOf(condition, (keys) => isRecordOf(keys, isScalars))
  );
}

function isRecordOf(value: unknown, is: (each: unknown) => boolean): boolean {
  return isProperties(value) && Object.values(value).every(is);
}

function isTexts(value: unknown): boolean {
  return [value].flat().every((each) => typeof each === "string");
}

function isScalars(value: unknown): boolean {
  return [value].flat().every((each) => ["string", "number", "boolean"].includes(typeof each));
}
