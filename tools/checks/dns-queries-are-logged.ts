import { attribute, type StackResources, text } from "../model/resource";
import { networksOf, topologyOf, type VpcNetwork } from "../model/topology/topology";
import { finding, resourcesOfType, type NetworkCheck, type Observation } from "./shared/check";

const CONFIG = "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig";
const ASSOCIATION = "aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation";

export const dnsQueriesAreLogged: NetworkCheck = {
  name: "dns-queries-are-logged",
  sentence: "Resolver logs every DNS query of each VPC to the hub's log archive.",
  check(stack, all) {
    const networks = networksOf(topologyOf(all), stack);
    if (networks.length === 0) return undefined;
    const hub = all.stacks.find(({ isHub }) => isHub);
    const archives = hub === undefined ? undefined : archiveArns(hub);
    return finding(networks.map((vpc) => observeQueryLog(vpc, stack, archives)));
  },
};

/** ARNs of the hub's buckets that have a policy, so that other accounts may write to them. */
function archiveArns(hub: StackResources): string[] {
  const ids = resourcesOfType(hub, "aws:s3/bucketPolicy:BucketPolicy").map((policy) => text(policy, "bucket"));
  return resourcesOfType(hub, "aws:s3/bucket:Bucket")
    .filter(({ id }) => ids.includes(id))
    .map((bucket) => attribute(bucket, "arn"));
}

/** @param archives - ARNs; undefined: the hub is not among the stacks, so that any bucket is accepted */
function observeQueryLog(
  { id, name }: VpcNetwork,
  stack: StackResources,
  archives: readonly string[] | undefined,
): Observation {
  const configIds = resourcesOfType(stack, ASSOCIATION)
    .filter((each) => text(each, "resourceId") === id)
    .map((each) => text(each, "resolverQueryLogConfigId"));
  const arn = resourcesOfType(stack, CONFIG)
    .filter((config) => configIds.includes(config.id))
    .map((config) => text(config, "destinationArn"))
    .find((each) => archives?.includes(each) ?? each !== "");
  const to = archives === undefined ? arn : "the log archive";
  return {
    passed: arn !== undefined,
    evidence: `VPC ${name}: ${arn === undefined ? "DNS queries are not logged to the log archive" : `DNS queries → ${to ?? ""}`}`,
  };
}
