import { BUCKET_RULES } from "./data/buckets";
import { CLUSTER_RULES } from "./data/clusters";
import { TOPIC_REPOSITORY_KEY_RULES } from "./data/topics-repositories-keys";
import { VPN_RULES } from "./data/vpn-connections";
import { type DataRule, finding, type NetworkCheck } from "./shared/check";

export const dataAndAccessAreProtected: NetworkCheck = {
  name: "data-and-access-are-protected",
  sentence: "Stored data is encrypted and private; only configured roles administer clusters.",
  check(stack, all) {
    const observations = RULES.flatMap(({ source, check }) =>
      check(stack, all).map((each) => (each.passed ? each : { ...each, evidence: `${each.evidence} (${source})` })),
    );
    return observations.length === 0 ? undefined : finding(observations);
  },
};

/**
 * An unreviewed type may share data or grant access by a property that no rule covers: access points, ACLs, replication,
 * websites, key grants, users and access keys, functions, nested stacks.
 */
const TYPE_RULE: DataRule = {
  source: "Security best practices in IAM",
  check: ({ resources }) =>
    resources
      .filter(({ type, inputs }) => {
        if (MAKES_NOTHING.test(type) || REVIEWED.has(type) || isNetworking(type)) return false;
        return !OTHER_NETWORKING.test(type) && !OTHER_NAMES.test(String(inputs["typeName"] ?? ""));
      })
      .map(({ type, name }) => ({ passed: false, evidence: `${name} has the type ${type}, which no rule covers` })),
};

/** Every rule, in report order. */
const RULES: readonly DataRule[] = [
  ...BUCKET_RULES,
  ...TOPIC_REPOSITORY_KEY_RULES,
  ...CLUSTER_RULES,
  ...VPN_RULES,
  TYPE_RULE,
];

/** Reviewed types that store data, grant access or run code; the rules here and the policy checks cover them. */
const REVIEWED = new Set([
  ...["aws:athena/namedQuery:NamedQuery", "aws:athena/workgroup:Workgroup"],
  ...["aws:cloudwatch/eventRule:EventRule", "aws:cloudwatch/eventTarget:EventTarget"],
  ...["aws:cloudwatch/compositeAlarm:CompositeAlarm", "aws:cloudwatch/dashboard:Dashboard"],
  ...["aws:cloudwatch/metricAlarm:MetricAlarm"],
  ...["aws:cloudwatch/logGroup:LogGroup", "aws:ec2/launchTemplate:LaunchTemplate"],
  ...["aws:ecr/lifecyclePolicy:LifecyclePolicy", "aws:ecr/pullThroughCacheRule:PullThroughCacheRule"],
  ...["aws:ecr/registryPolicy:RegistryPolicy", "aws:ecr/repository:Repository"],
  ...["aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate", "aws:ecr/repositoryPolicy:RepositoryPolicy"],
  ...["aws:eks/accessEntry:AccessEntry", "aws:eks/accessPolicyAssociation:AccessPolicyAssociation"],
  ...["aws:eks/addon:Addon", "aws:eks/cluster:Cluster", "aws:eks/nodeGroup:NodeGroup"],
  ...["aws:eks/podIdentityAssociation:PodIdentityAssociation"],
  ...["aws:glue/catalogDatabase:CatalogDatabase", "aws:glue/catalogTable:CatalogTable"],
  ...["aws:iam/instanceProfile:InstanceProfile", "aws:iam/openIdConnectProvider:OpenIdConnectProvider"],
  ...["aws:iam/role:Role", "aws:iam/rolePolicy:RolePolicy", "aws:iam/rolePolicyAttachment:RolePolicyAttachment"],
  ...["aws:iam/policy:Policy", "aws:iam/policyAttachment:PolicyAttachment"],
  ...["aws:iam/rolePoliciesExclusive:RolePoliciesExclusive"],
  ...["aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive"],
  ...["aws:kms/alias:Alias", "aws:kms/key:Key"],
  ...["aws:s3/bucket:Bucket", "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"],
  ...["aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration"],
  ...["aws:s3/bucketOwnershipControls:BucketOwnershipControls", "aws:s3/bucketPolicy:BucketPolicy"],
  ...["aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "aws:s3/bucketVersioning:BucketVersioning"],
  ...["aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"],
  ...["aws:sns/topic:Topic", "aws:sns/topicPolicy:TopicPolicy", "aws:sns/topicSubscription:TopicSubscription"],
  ...["aws:sqs/queue:Queue", "aws:sqs/queuePolicy:QueuePolicy"],
  ...["firewall:Firewall", "firewallPolicy:FirewallPolicy", "loggingConfiguration:LoggingConfiguration"]
    .concat("ruleGroup:RuleGroup")
    .map((name) => `aws:networkfirewall/${name}`),
  ...["aws:ssm/parameter:Parameter"],
]);

/** Components, providers and stack references create nothing in AWS. */
const MAKES_NOTHING = /^(?:piksel|pulumi|awsx|eks):/;

/** Networking modules of other AWS providers, which the path checks cover. */
const OTHER_NETWORKING =
  /^aws-native:(?:ec2|route53|route53resolver|networkmanager|networkfirewall|vpclattice|ram|elasticloadbalancing\w*):/i;
const OTHER_NAMES = /^AWS::(?:EC2|Route53|Route53Resolver|NetworkManager|NetworkFirewall|VpcLattice|RAM)::/;

/** Networking modules of the AWS provider, as prefixes of type tokens. */
const NETWORKING = [
  ...["aws:ec2/", "aws:ec2transitgateway/", "aws:ec2clientvpn/", "aws:vpc/", "aws:vpclattice/", "aws:verifiedaccess/"],
  ...["aws:route53", "aws:networkmanager/", "aws:networkfirewall/", "aws:directconnect/", "aws:globalaccelerator/"],
  ...["aws:lb/", "aws:alb/", "aws:elb/", "aws:ram/"],
];

/** Exceptions of EC2 that share data or run code, and create no path. */
const NOT_NETWORKING = ["ami", "ebsSnapshot", "snapshot", "instance", "launchConfiguration", "launchTemplate"]
  .concat(["spot", "fleet", "keyPair", "volume", "ebs", "vpcEndpointServiceAllowedPrinciple"])
  .map((name) => `aws:ec2/${name}`);

/**
 * Whether a type creates paths between networks. The checks of paths, transit gateway route tables, DNS and logs cover
 * these types, so the checks of accounts and data skip them.
 */
export function isNetworking(type: string): boolean {
  return NETWORKING.some((each) => type.startsWith(each)) && !NOT_NETWORKING.some((each) => type.startsWith(each));
}
