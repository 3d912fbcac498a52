import type { PolicyDocument, Statement } from "../components/policy-document";
import { text, type ModelResource } from "../model/resource";

/** Properties that hold a policy document as text. */
const POLICY_PROPERTIES = ["policy", "assumeRolePolicy", "repositoryPolicy"];

/** A policy and where it stands. */
export interface PlacedPolicy {
  readonly resource: ModelResource;
  readonly property: string;
  /** As AWS counts it. */
  readonly text: string;
  readonly document: PolicyDocument;
}

/** Every policy document of some resources. Lifecycle policies are none: they have no statements. */
export function policiesOf(resources: readonly ModelResource[]): PlacedPolicy[] {
  return resources.flatMap((resource) =>
    POLICY_PROPERTIES.flatMap((property) => {
      const document = documentIn(resource, property);
      return document === undefined ? [] : [{ resource, property, text: text(resource, property), document }];
    }),
  );
}

/** The document in a property; undefined where there is none. */
export function documentIn(resource: ModelResource, property: string): PolicyDocument | undefined {
  const value = text(resource, property);
  if (!value.startsWith("{")) return undefined;
  const document = JSON.parse(value) as Partial<PolicyDocument>;
  return Array.isArray(document.Statement) ? (document as PolicyDocument) : undefined;
}

/**
 * Whether a policy lets everybody do something, on no condition, and denies it to nobody: a Deny comes before any Allow
 * (IAM User Guide, "Policy evaluation logic"). A Deny of "all but" something, or on a condition, denies it to some.
 */
export function allowsEverybody({ Statement: statements }: PolicyDocument, action: string, resource: string): boolean {
  const isAbout = ({ Action, Resource }: Statement, otherwise: boolean): boolean =>
    [
      { element: Action, value: action },
      { element: Resource, value: resource },
    ].every(({ element, value }) =>
      element === undefined ? otherwise : listed(element).some((pattern) => like(pattern, value)),
    );
  const allows = statements.some(
    (each) => each.Effect === "Allow" && isEverybody(each) && each.Condition === undefined && isAbout(each, false),
  );
  return allows && !statements.some((each) => each.Effect === "Deny" && isAbout(each, true));
}

export function isEverybody({ Principal: principal }: Statement): boolean {
  return principal === "*" || (typeof principal === "object" && Object.values(principal).flat().includes("*"));
}

/** Values that conditions hold a key against. */
export function conditionValues({ Condition: condition = {} }: Statement, key: string): readonly string[] {
  return Object.values(condition).flatMap((keys) => listed(keys[key]));
}

export function conditionKeys({ Condition: condition = {} }: Statement): readonly string[] {
  return Object.values(condition).flatMap((keys) => Object.keys(keys));
}

export function listed(value: string | readonly string[] | undefined): readonly string[] {
  return typeof value === "string" ? [value] : (value ?? []);
}

/** IAM's wildcard. */
function like(pattern: string, value: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s").test(value);
}
