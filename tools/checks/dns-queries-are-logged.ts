import type { StackResources } from "../model/stacks";
import { text } from "../model/resource";
import { networksOf, topologyOf, type VpcNetwork } from "../model/topology/topology";
import { finding, type NetworkCheck } from "./check";

const CONFIG = "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig";
const ASSOCIATION = "aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation";
const POLICY = "aws:s3/bucketPolicy:BucketPolicy";

export const dnsQueriesAreLogged: NetworkCheck = {
  name: "dns-queries-are-logged",
  sentence: "Resolver logs every DNS query of each VPC to the hub's log archive.",
  check(stack, all) {
    const networks = networksOf(topologyOf(all), stack);
    const hub = all.stacks.find(({ isHub }) => isHub);
    if (networks.length === 0) return undefined;
    // A spoke checked alone does not see the archive.
    const archives = hub?.resources.filter(({ type }) => type === POLICY).map((policy) => text(policy, "bucket"));
    return finding(networks.map((vpc) => logged(vpc, stack, archives)));
  },
};

/** @param archives - buckets of the hub; undefined: the hub is not among the stacks */
function logged({ id, name }: VpcNetwork, { resources }: StackResources, archives: readonly string[] | undefined) {
  const configs = resources
    .filter((each) => each.type === ASSOCIATION && text(each, "resourceId") === id)
    .flatMap((each) =>
      resources.filter((config) => config.type === CONFIG && config.id === text(each, "resolverQueryLogConfigId")),
    );
  const arn = configs
    .map((config) => text(config, "destinationArn"))
    .find((each) => archives?.some((bucket) => isArnOf(each, bucket)) ?? each !== "");
  const to = archives === undefined ? arn : "the log archive";
  return {
    passed: arn !== undefined,
    evidence: `VPC ${name}: ${arn === undefined ? "DNS queries are not logged to the log archive" : `DNS queries → ${to ?? ""}`}`,
  };
}

/** Whether an ARN, or its placeholder, is that of a bucket. */
function isArnOf(arn: string, bucket: string): boolean {
  return arn === `arn:aws:s3:::${bucket}` || (bucket !== "" && arn === bucket.replace(/\}$/, ".arn}"));
}
