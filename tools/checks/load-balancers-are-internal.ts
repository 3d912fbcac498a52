import {
  type AllStacks,
  isProperties,
  items,
  type ModelResource,
  objectIn,
  type StackResources,
  textIn,
  texts,
} from "../model/resource";
import { finding, type NetworkCheck, type Observation, resourcesOfType } from "./shared/check";
import { readPolicies } from "./shared/policies";

export const loadBalancersAreInternal: NetworkCheck = {
  name: "load-balancers-are-internal",
  sentence: "No load balancer of a cluster faces the internet, unless internet-load-balancers is true.",
  check(stack, all) {
    const observations = [...observePolicies(stack), ...observePlatform(stack)];
    if (observations.length === 0) return undefined;
    if (mayFaceTheInternet(stack, all)) {
      return { passed: true, evidence: ["internet-load-balancers is true: load balancers may face the internet"] };
    }
    return finding(observations);
  },
};

function mayFaceTheInternet({ name }: StackResources, { access }: AllStacks): boolean {
  return access?.get(name)?.internetLoadBalancers ?? false;
}

const CREATE = "elasticloadbalancing:CreateLoadBalancer";

/**
 * A role that may create load balancers may create only internal ones (Service Authorization Reference, AWS Elastic Load
 * Balancing V2, `elasticloadbalancing:Scheme`). The policies that AWS manages for EKS Auto Mode have no such condition.
 */
function observePolicies(stack: StackResources): Observation[] {
  const policies = readPolicies(resourcesOfType(stack, "aws:iam/rolePolicy:RolePolicy"));
  return policies.flatMap(({ resource, document }) =>
    document.statements
      .filter(({ effect, actions }) => effect === "Allow" && !actions.isExcept && actions.list.includes(CREATE))
      .map(({ sid, conditions }) => {
        const passed = conditions.some(
          ({ operator, key, values }) =>
            /^StringEquals(IgnoreCase)?$/i.test(operator) &&
            key.toLowerCase() === "elasticloadbalancing:scheme" &&
            values.every((value) => value === "internal"),
        );
        return {
          passed,
          evidence: `${resource.name}, ${sid || "statement"}: may create ${passed ? "only internal load balancers" : "load balancers that face the internet"}`,
        };
      }),
  );
}

/** What the platform puts into the cluster, where others create Services and Ingresses. */
function observePlatform({ platform = [] }: StackResources): Observation[] {
  const ofKind = (kind: string): ModelResource[] =>
    platform.filter(({ type }) => type.startsWith("kubernetes:") && type.endsWith(`:${kind}`));
  if (platform.length === 0) return [];
  return [
    ...ofKind("IngressClassParams").map((each) => {
      const scheme = textIn(objectIn(each.inputs, "spec"), "scheme");
      return {
        passed: scheme === "internal",
        evidence: `ingress class ${nameIn(each)}: ${scheme === "" ? "each Ingress chooses the scheme" : `load balancers are ${scheme}`}`,
      };
    }),
    ...ofKind("Service")
      .filter(isLoadBalancer)
      .map((each) => {
        const schemes = SCHEME_ANNOTATIONS.map((name) =>
          textIn(objectIn(objectIn(each.inputs, "metadata"), "annotations"), name),
        );
        const passed = schemes.every((scheme) => ["", "internal"].includes(scheme));
        return {
          passed,
          evidence: `Service ${nameIn(each)}: its load balancer ${passed ? "is internal" : "faces the internet"}`,
        };
      }),
    ...GUARDED.map((guarded) => observeAdmission(guarded, ofKind)),
  ];
}

/** AWS Load Balancer Controller, "Service annotations". */
const SCHEME_ANNOTATIONS = [
  "service.beta.kubernetes.io/aws-load-balancer-scheme",
  "service.kubernetes.io/aws-load-balancer-scheme",
];

function isLoadBalancer({ inputs }: ModelResource): boolean {
  return textIn(objectIn(inputs, "spec"), "type") === "LoadBalancer";
}

/** What can ask for a load balancer, and the annotation that a policy on it must read. */
const GUARDED = [
  { what: "Services", group: "", resource: "services", reads: "aws-load-balancer-scheme" },
  { what: "Ingresses", group: "networking.k8s.io", resource: "ingresses", reads: "alb.ingress.kubernetes.io/" },
] as const;

/**
 * An admission policy that fails closed must validate each request to create or change such an object, and its binding must
 * deny what it refuses (Kubernetes documentation, "Validating Admission Policy").
 */
function observeAdmission(
  { what, group, resource, reads }: (typeof GUARDED)[number],
  ofKind: (kind: string) => readonly ModelResource[],
): Observation {
  const policies = ofKind("ValidatingAdmissionPolicy").filter(({ inputs }) => {
    const spec = objectIn(inputs, "spec");
    const rules = items({ inputs: objectIn(spec, "matchConstraints") }, "resourceRules");
    const judges = rules.some(
      (rule) =>
        texts({ inputs: rule }, "apiGroups").includes(group) &&
        texts({ inputs: rule }, "resources").includes(resource) &&
        ["CREATE", "UPDATE"].every((operation) => texts({ inputs: rule }, "operations").includes(operation)),
    );
    const expressions = items({ inputs: spec }, "validations").map((each) => textIn(each, "expression"));
    return judges && textIn(spec, "failurePolicy") === "Fail" && expressions.some((each) => each?.includes(reads));
  });
  const denying = policies.filter((policy) =>
    ofKind("ValidatingAdmissionPolicyBinding").some(({ inputs }) => {
      const spec = objectIn(inputs, "spec");
      return (
        textIn(spec, "policyName") === nameIn(policy) &&
        texts({ inputs: spec }, "validationActions").includes("Deny") &&
        !isProperties(spec["matchResources"])
      );
    }),
  );
  return {
    passed: denying.length > 0,
    evidence:
      denying.length > 0
        ? `${what}: the admission policy ${denying.map(nameIn).join(", ")} refuses load balancers on the internet`
        : `${what}: no admission policy refuses load balancers on the internet`,
  };
}

/** Name of an object in Kubernetes. */
function nameIn(resource: ModelResource): string {
  return textIn(objectIn(resource.inputs, "metadata"), "name") || resource.name;
}
