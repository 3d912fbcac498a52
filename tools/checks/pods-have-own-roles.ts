import { like } from "../model/iam/matching";
import { attribute, lookup, type ModelResource, type StackResources, text, texts } from "../model/resource";
import { installedAddons, installedCharts } from "./pods/installed";
import { ADDON_PERMISSIONS, CHART_PERMISSIONS, nameOfAccount, type PodPermissions } from "./pods/pod-permissions";
import { autoModeClusters } from "./shared/auto-mode";
import { finding, type NetworkCheck, type Observation, resourcesOfType } from "./shared/check";
import { readPolicies } from "./shared/policies";

const ASSOCIATION = "aws:eks/podIdentityAssociation:PodIdentityAssociation";

export const podsHaveOwnRoles: NetworkCheck = {
  name: "pods-have-own-roles",
  sentence: "Each service account that calls AWS has its own role for its actions; others have none.",
  check(stack) {
    const associations = resourcesOfType(stack, ASSOCIATION);
    const users = usersOf(stack);
    if (associations.length + users.length === 0) return undefined;
    return finding([
      ...users.map((user) => observeUser(user, associations)),
      ...associations.map((each) => observeAssociation(each, stack, associations)),
    ]);
  },
};

/** An add-on or a chart whose pods call AWS. */
interface User {
  /** `add-on vpc-cni`. */
  readonly what: string;
  readonly account: string;
}

function usersOf(stack: StackResources): User[] {
  const named = (kind: string, names: readonly string[], table: Readonly<Record<string, PodPermissions>>): User[] =>
    names.flatMap((name) => {
      const needs = lookup(table, name);
      return needs === undefined ? [] : [{ what: `${kind} ${name}`, account: nameOfAccount(needs.serviceAccount) }];
    });
  return [
    ...named(
      "add-on",
      installedAddons(stack).map(({ name }) => name),
      ADDON_PERMISSIONS,
    ),
    ...named(
      "chart",
      installedCharts(stack).map(({ name }) => name),
      CHART_PERMISSIONS,
    ),
  ];
}

function observeUser({ what, account }: User, associations: readonly ModelResource[]): Observation {
  const own = associations.filter((each) => accountOf(each) === account);
  return {
    passed: own.length === 1,
    evidence: `${what}: service account ${account} has ${
      own.length === 0 ? "no role" : own.map((each) => `the role of ${each.name}`).join(" and ")
    }`,
  };
}

function accountOf(association: ModelResource): string {
  return nameOfAccount({ namespace: text(association, "namespace"), name: text(association, "serviceAccount") });
}

/** An association must be for pods that run. Its role must be only theirs and allow only what they need. */
function observeAssociation(
  association: ModelResource,
  stack: StackResources,
  associations: readonly ModelResource[],
): Observation {
  const account = accountOf(association);
  const needs = [...Object.values(ADDON_PERMISSIONS), ...Object.values(CHART_PERMISSIONS)].find(
    ({ serviceAccount }) => nameOfAccount(serviceAccount) === account,
  );
  const isUsed = usersOf(stack).some((user) => user.account === account) || mayBeInstalled(account, stack);
  if (needs === undefined || !isUsed) {
    return {
      passed: false,
      evidence: `${association.name}: nothing in the cluster uses the service account ${account}`,
    };
  }
  const roleArn = text(association, "roleArn");
  const others = associations.filter((each) => each !== association && text(each, "roleArn") === roleArn);
  const role = resourcesOfType(stack, "aws:iam/role:Role").find((each) => attribute(each, "arn") === roleArn);
  // A role outside of the stack fails data-and-access-are-protected.
  const beyond = role === undefined ? [] : beyondNeeds(role, stack, needs);
  const faults = [
    ...(others.length === 0 ? [] : [`its role is also that of ${others.map(({ name }) => name).join(", ")}`]),
    ...(beyond.length === 0 ? [] : [`its role allows ${beyond.join(", ")}, which ${account} does not need`]),
  ];
  return {
    passed: faults.length === 0,
    evidence: `${association.name}: ${faults.join(" and ") || `${account} has a role for its own actions`}`,
  };
}

/**
 * Without a platform, somebody may install the charts in another way, and the spoke has their roles. While a cluster moves
 * between Karpenter and EKS Auto Mode, it has managed nodes beside EKS Auto Mode, and the roles of charts stay until the
 * platform has removed the charts.
 */
function mayBeInstalled(account: string, stack: StackResources): boolean {
  const charts = Object.values(CHART_PERMISSIONS).map(({ serviceAccount }) => nameOfAccount(serviceAccount));
  return charts.includes(account) && (stack.platform === undefined || isMoving(stack));
}

function isMoving(stack: StackResources): boolean {
  const groups = resourcesOfType(stack, "aws:eks/nodeGroup:NodeGroup");
  return groups.length > 0 && autoModeClusters(stack).length > 0;
}

/** Managed policies and actions of a role that pods do not need. */
function beyondNeeds(role: ModelResource, stack: StackResources, needs: PodPermissions): string[] {
  const names = [role.id, attribute(role, "name"), text(role, "name")].filter((name) => name !== "");
  const isOfRole = (each: ModelResource): boolean => names.includes(text(each, "role"));
  const attached = [
    ...resourcesOfType(stack, "aws:iam/rolePolicyAttachment:RolePolicyAttachment")
      .filter(isOfRole)
      .map((each) => text(each, "policyArn")),
    ...texts(role, "managedPolicyArns"),
  ].map((arn) => arn.split("/").pop() ?? arn);
  const inline = readPolicies([role, ...resourcesOfType(stack, "aws:iam/rolePolicy:RolePolicy").filter(isOfRole)])
    // Who may assume the role is in a policy of its own.
    .filter(({ path }) => path !== "assumeRolePolicy")
    .flatMap(({ document }) => document.statements.filter(({ effect }) => effect === "Allow"));
  const actions = inline.flatMap(({ actions: { isExcept, list } }) =>
    list.map((action) => (isExcept ? `everything but ${action}` : action)),
  );
  return [
    ...attached.filter((name) => !needs.managedPolicies.includes(name)),
    ...actions.filter((action) => !needs.actions.some((pattern) => like(pattern.toLowerCase(), action.toLowerCase()))),
  ];
}
