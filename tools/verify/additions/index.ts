import type { StackResources } from "../../model/stacks";
import type { ModelResource } from "../../model/resource";
import { Resources } from "../../model/topology/resources";
import { readIngressRules } from "../../model/topology/security-groups";
import type { Addition, Find } from "./addition";
import { inlinePoliciesOf, managedPoliciesOf } from "./policies";
import { routesOf } from "./routes";
import { rulesOf } from "./rules";
import { vpcsOf } from "./vpcs";

export type { Addition };

const FINDERS: ReadonlyMap<string, readonly Find[]> = new Map([
  ["aws:ec2/routeTable:RouteTable", [routesOf]],
  ["aws:ec2/defaultRouteTable:DefaultRouteTable", [routesOf]],
  ["aws:ec2/securityGroup:SecurityGroup", [rulesOf]],
  ["aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", [rulesOf]],
  ["aws:iam/role:Role", [managedPoliciesOf, inlinePoliciesOf]],
  ["aws:route53/zone:Zone", [vpcsOf]],
]);

/**
 * Additions to the stacks' resources that were made in the console or by another program, by stack. Every refresh shows
 * them in the outputs of the resource.
 */
export function additionsTo(stacks: readonly StackResources[]): ReadonlyMap<string, readonly Addition[]> {
  const resources = new Resources({ stacks });
  const managed = { resources, rules: readIngressRules(resources) };
  const on = (each: ModelResource): Addition[] => (FINDERS.get(each.type) ?? []).flatMap((find) => find(each, managed));
  return new Map(stacks.map((stack) => [stack.name, stack.resources.flatMap(on)]));
}
