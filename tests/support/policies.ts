import type { PolicyDocument } from "../../components/policy-document";
import { key, type PlannedResource } from "../../tools/planner/engine/resource";
import type { Plan } from "../../tools/planner/plan";
import { stack } from "./plans";

/** Properties that hold a policy document as text. */
const POLICY_PROPERTIES = ["policy", "assumeRolePolicy", "repositoryPolicy"];

export interface PlacedPolicy {
  /** `TYPE::NAME PROPERTY`. */
  readonly place: string;
  readonly document: PolicyDocument;
}

/** Every policy document of a stack. Lifecycle policies are none: they have no statements. */
export function policiesOf(planned: Plan, name: string): PlacedPolicy[] {
  return stack(planned, name).resources.flatMap((resource) =>
    POLICY_PROPERTIES.flatMap((property) => documentIn(resource, property)),
  );
}

/** The document in one property of a resource. */
export function policyOf(planned: Plan, name: string, resource: string, property = "policy"): PolicyDocument {
  const found = policiesOf(planned, name).find(({ place }) => place === `${resource} ${property}`);
  if (found === undefined) throw new Error(`${name} has no policy ${resource} ${property}`);
  return found.document;
}

function documentIn(resource: PlannedResource, property: string): PlacedPolicy[] {
  const text = resource.inputs[property];
  if (typeof text !== "string") return [];
  const document = JSON.parse(text) as PolicyDocument;
  return Array.isArray(document.Statement) ? [{ place: `${key(resource)} ${property}`, document }] : [];
}
