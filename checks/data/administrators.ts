import type { Estate, EstateStack } from "../../model/estate";
import { attribute, text, texts } from "../../model/resource";
import { inside, judged, ofType, type Rule } from "./rule";

const ENTRY = "aws:eks/accessEntry:AccessEntry";
const ASSOCIATION = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";

/** Of a role that nodes have; EKS gives it no more than nodes need. */
const NODES = ["EC2_LINUX", "EC2_WINDOWS", "EC2", "HYBRID_LINUX"];

/** Nobody gets into a cluster but its nodes and those whom its configuration names. */
const entriesArePlanned: Rule["check"] = (stack, all) =>
  ofType(stack, ENTRY).flatMap((entry) => {
    const principal = entry.inputs["principalArn"];
    const type = text(entry, "type") || "STANDARD";
    const groups = texts(entry, "kubernetesGroups");
    return judged(entry, ["type", "kubernetesGroups"], "is planned", [
      // EKS makes none without a principal: what is absent is not known yet.
      typeof principal === "string" && !isPlanned(principal, type, stack, all) && `lets ${principal} in, as ${type}`,
      groups.length > 0 && `puts it in ${groups.join(", ")}`,
    ]);
  });

const policiesArePlanned: Rule["check"] = (stack, all) =>
  ofType(stack, ASSOCIATION).flatMap((association) => {
    const principal = association.inputs["principalArn"];
    return judged(association, [], "is planned", [
      typeof principal === "string" &&
        !isAdministrator(principal, stack, all) &&
        `gives ${principal} ${text(association, "policyArn")} (${String(inside(association.inputs, "accessScope")["type"])})`,
    ]);
  });

function isPlanned(principal: string, type: string, stack: EstateStack, all: Estate): boolean {
  if (!NODES.includes(type)) return isAdministrator(principal, stack, all);
  return ofType(stack, "aws:iam/role:Role").some((role) => attribute(role, "arn") === principal);
}

/** Whom the configuration names; where it is not seen, nobody is known to be one. */
function isAdministrator(principal: string, stack: EstateStack, { access }: Estate): boolean {
  return access?.get(stack.name)?.administrators.includes(principal) ?? false;
}

export const ADMINISTRATOR_RULES: readonly Rule[] = [
  { source: "Grant IAM users access to Kubernetes with EKS access entries", check: entriesArePlanned },
  { source: "Associate access policies with access entries", check: policiesArePlanned },
];
