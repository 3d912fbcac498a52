import type { EstateStack } from "../model/estate";
import { attribute, text } from "../model/resource";
import { networksOf, topologyOf, type Network } from "../model/topology/topology";
import { finding, type NetworkCheck, type Observation } from "./shared/check";

const CONFIG = "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig";
const ASSOCIATION = "aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation";
const BUCKET = "aws:s3/bucket:Bucket";
const BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy";

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
function archiveArns({ resources }: EstateStack): string[] {
  const ids = resources.filter(({ type }) => type === BUCKET_POLICY).map((policy) => text(policy, "bucket"));
  return resources
    .filter(({ type, id }) => type === BUCKET && ids.includes(id))
    .map((bucket) => attribute(bucket, "arn"));
}

/** @param archives - ARNs; undefined: the hub is not among the stacks, so that any bucket is accepted */
function observeQueryLog(
  { id, name }: Network,
  { resources }: EstateStack,
  archives: readonly string[] | undefined,
): Observation {
  const configs = resources
    .filter((each) => each.type === ASSOCIATION && text(each, "resourceId") === id)
    .flatMap((each) =>
      resources.filter((config) => config.type === CONFIG && config.id === text(each, "resolverQueryLogConfigId")),
    );
  const arn = configs
    .map((config) => text(config, "destinationArn"))
    .find((each) => archives?.includes(each) ?? each !== "");
  const to = archives === undefined ? arn : "the log archive";
  return {
    passed: arn !== undefined,
    evidence: `VPC ${name}: ${arn === undefined ? "DNS queries are not logged to the log archive" : `DNS queries → ${to ?? ""}`}`,
  };
}
