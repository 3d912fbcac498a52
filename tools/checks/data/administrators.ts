import type { AllStacks, StackResources } from "../../model/stacks";
import { attribute, text, texts } from "../../model/resource";
import { inside, judged, ofType, type Rule } from "./rule";

const ENTRY = "aws:eks/accessEntry:AccessEntry";
const ASSOCIATION = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";

/** Access entry types for node roles; EKS grants them only what nodes need. */
const NODES = ["EC2_LINUX", "EC2_WINDOWS", "EC2", "HYBRID_LINUX"];

/** Only nodes and the configured administrators have access to a cluster. */
const entriesArePlanned: Rule["check"] = (stack, all) =>
  ofType(stack, ENTRY).flatMap((entry) => {
    const principal = entry.inputs["principalArn"];
    const type = text(entry, "type") || "STANDARD";
    const groups = texts(entry, "kubernetesGroups");
    return judged(entry, ["type", "kubernetesGroups"], "is for a node role or a configured administrator", [
      // EKS requires a principal, so an absent one is not known yet.
      typeof principal === "string" &&
        !isPlanned(principal, type, stack, all) &&
        `allows ${principal} (type ${type}), which is not configured`,
      groups.length > 0 && `adds it to the Kubernetes groups ${groups.join(", ")}`,
    ]);
  });

const policiesArePlanned: Rule["check"] = (stack, all) =>
  ofType(stack, ASSOCIATION).flatMap((association) => {
    const principal = association.inputs["principalArn"];
    return judged(association, [], "is for a configured administrator", [
      typeof principal === "string" &&
        !isAdministrator(principal, stack, all) &&
        `grants ${text(association, "policyArn")} (scope ${String(inside(association.inputs, "accessScope")["type"])}) to ${principal}, which is not configured`,
    ]);
  });

function isPlanned(principal: string, type: string, stack: StackResources, all: AllStacks): boolean {
  if (!NODES.includes(type)) return isAdministrator(principal, stack, all);
  return ofType(stack, "aws:iam/role:Role").some((role) => attribute(role, "arn") === principal);
}

/** Whether the configuration names an administrator; without configuration, nobody is one. */
function isAdministrator(principal: string, stack: StackResources, { access }: AllStacks): boolean {
  return access?.get(stack.name)?.administrators.includes(principal) ?? false;
}

export const ADMINISTRATOR_RULES: readonly Rule[] = [
  { source: "Grant IAM users access to Kubernetes with EKS access entries", check: entriesArePlanned },
  { source: "Associate access policies with access entries", check: policiesArePlanned },
];
