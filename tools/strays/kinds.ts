import { quoted } from "../io/words";

/** A resource that exists in AWS. */
export interface ExistingResource {
  readonly kind: Kind;
  /** Id by which Pulumi imports it, which is AWS's own for most: `vpc-0abc`, `PREFIX-dev:coredns`. */
  readonly id: string;
  /** Undefined if it has none. */
  readonly arn?: string | undefined;
  /** Name tag, or its name; empty if it has neither. */
  readonly name: string;
  /** ISO 8601; undefined if AWS does not return it. */
  readonly created?: string | undefined;
  /** Whether it has the tags of the stack; otherwise it was found through its VPC. */
  readonly tagged: boolean;
  /** Its VPC; undefined: none. */
  readonly vpc?: string | undefined;
  /** IPv4 CIDR of a VPC or a subnet. */
  readonly cidr?: string | undefined;
  /** Name of the EKS cluster that created it or that it belongs to. */
  readonly cluster?: string | undefined;
  /** Ids of the associations of a route table with subnets. */
  readonly associations?: readonly string[] | undefined;
  /** Subnet and route table of an association, route table and destination of a route. */
  readonly subnet?: string | undefined;
  readonly routeTable?: string | undefined;
  readonly destination?: string | undefined;
}

/** Account and Region of a stack, and its tags. */
export interface StackLocation {
  /** First part of the names in AWS, and the tag Project. */
  readonly prefix: string;
  /** Name of the stack, and the tag Environment. */
  readonly stack: string;
  /** AWS account, 12 digits. */
  readonly account: string;
  readonly region: string;
}

/** A kind of AWS resource: its Pulumi type, and how to delete it. */
interface ResourceKind {
  /** Display name. */
  readonly title: string;
  /** Pulumi type token for imports; undefined for kinds that the program never creates. */
  readonly type?: string | undefined;
  /**
   * AWS CLI commands that delete one, in order; empty for kinds that are deleted with their container. Arguments are quoted
   * for the shell if necessary.
   */
  readonly remove: (resource: ExistingResource, location: StackLocation) => readonly string[];
}

const ALL_KINDS = {
  // The cluster.
  nodeGroup: {
    title: "EKS node group",
    type: "aws:eks/nodeGroup:NodeGroup",
    remove: ({ id }, location) =>
      ["eks delete-nodegroup", "eks wait nodegroup-deleted"].map((command) =>
        aws(location, command, ...partOfCluster("--nodegroup-name", id)),
      ),
  },
  addon: {
    title: "EKS add-on",
    type: "aws:eks/addon:Addon",
    remove: ({ id }, location) => [aws(location, "eks delete-addon", ...partOfCluster("--addon-name", id))],
  },
  podIdentity: {
    title: "Pod Identity association",
    type: "aws:eks/podIdentityAssociation:PodIdentityAssociation",
    remove: ({ id }, location) => {
      const [cluster, association] = pair(id, ",");
      const command = "eks delete-pod-identity-association --cluster-name";
      return [aws(location, command, cluster, "--association-id", association)];
    },
  },
  cluster: {
    title: "EKS cluster",
    type: "aws:eks/cluster:Cluster",
    remove: ({ id }, location) => [
      aws(location, "eks update-cluster-config --name", id, "--no-deletion-protection"),
      aws(location, "eks wait cluster-active --name", id),
      aws(location, "eks delete-cluster --name", id),
      aws(location, "eks wait cluster-deleted --name", id),
    ],
  },

  // The network: users before what they use.
  // It uses the transit gateway and its policy.
  networkFirewall: kind(
    "firewall",
    "aws:networkfirewall/firewall:Firewall",
    "network-firewall update-firewall-delete-protection --no-delete-protection --firewall-arn",
    "network-firewall delete-firewall --firewall-arn",
  ),
  instance: kind(
    "EC2 instance",
    undefined,
    "ec2 terminate-instances --instance-ids",
    "ec2 wait instance-terminated --instance-ids",
  ),
  endpoint: kind("VPC endpoint", "aws:ec2/vpcEndpoint:VpcEndpoint", "ec2 delete-vpc-endpoints --vpc-endpoint-ids"),
  natGateway: kind(
    "NAT gateway",
    "aws:ec2/natGateway:NatGateway",
    "ec2 delete-nat-gateway --nat-gateway-id",
    "ec2 wait nat-gateway-deleted --nat-gateway-ids",
  ),
  address: kind("Elastic IP address", "aws:ec2/eip:Eip", "ec2 release-address --allocation-id"),
  transitAttachment: kind(
    "transit gateway attachment",
    "aws:ec2transitgateway/vpcAttachment:VpcAttachment",
    "ec2 delete-transit-gateway-vpc-attachment --transit-gateway-attachment-id",
  ),
  firewallAssociation: kind(
    "DNS Firewall association",
    "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation",
    "route53resolver disassociate-firewall-rule-group --firewall-rule-group-association-id",
  ),
  flowLog: kind("flow log", "aws:ec2/flowLog:FlowLog", "ec2 delete-flow-logs --flow-log-ids"),
  zoneAssociation: {
    title: "hosted zone association",
    type: "aws:route53/zoneAssociation:ZoneAssociation",
    remove: ({ id }, location) => {
      const [zone, vpc] = pair(id, ":");
      const command = "route53 disassociate-vpc-from-hosted-zone --hosted-zone-id";
      return [aws(location, command, zone, "--vpc", `VPCRegion=${location.region},VPCId=${vpc}`)];
    },
  },
  networkInterface: kind("network interface", undefined, "ec2 delete-network-interface --network-interface-id"),
  internetGateway: {
    title: "internet gateway",
    type: "aws:ec2/internetGateway:InternetGateway",
    remove: ({ id, vpc }, location) => [
      ...(vpc === undefined
        ? []
        : [aws(location, "ec2 detach-internet-gateway --internet-gateway-id", id, "--vpc-id", vpc)]),
      aws(location, "ec2 delete-internet-gateway --internet-gateway-id", id),
    ],
  },
  routeTable: {
    title: "route table",
    type: "aws:ec2/routeTable:RouteTable",
    remove: ({ id, associations = [] }, location) => [
      ...associations.map((each) => aws(location, "ec2 disassociate-route-table --association-id", each)),
      aws(location, "ec2 delete-route-table --route-table-id", id),
    ],
  },
  subnet: kind("subnet", "aws:ec2/subnet:Subnet", "ec2 delete-subnet --subnet-id"),
  route: kind("route", "aws:ec2/route:Route"),
  routeTableAssociation: kind("route table association", "aws:ec2/routeTableAssociation:RouteTableAssociation"),
  securityGroup: kind("security group", "aws:ec2/securityGroup:SecurityGroup", "ec2 delete-security-group --group-id"),
  vpc: kind("VPC", "aws:ec2/vpc:Vpc", "ec2 delete-vpc --vpc-id"),
  dhcpOptions: kind(
    "DHCP option set",
    "aws:ec2/vpcDhcpOptions:VpcDhcpOptions",
    "ec2 delete-dhcp-options --dhcp-options-id",
  ),
  launchTemplate: kind(
    "launch template",
    "aws:ec2/launchTemplate:LaunchTemplate",
    "ec2 delete-launch-template --launch-template-id",
  ),
  vpnConnection: kind(
    "VPN connection",
    "aws:ec2/vpnConnection:VpnConnection",
    "ec2 delete-vpn-connection --vpn-connection-id",
  ),
  customerGateway: kind(
    "customer gateway",
    "aws:ec2/customerGateway:CustomerGateway",
    "ec2 delete-customer-gateway --customer-gateway-id",
  ),
  transitRouteTable: kind(
    "transit gateway route table",
    "aws:ec2transitgateway/routeTable:RouteTable",
    "ec2 delete-transit-gateway-route-table --transit-gateway-route-table-id",
  ),
  transitGateway: kind(
    "transit gateway",
    "aws:ec2transitgateway/transitGateway:TransitGateway",
    "ec2 delete-transit-gateway --transit-gateway-id",
  ),

  // Other services. The order matters only for instance profiles and roles.
  hostedZone: kind("hosted zone", "aws:route53/zone:Zone", "route53 delete-hosted-zone --id"),
  resolverRule: kind(
    "Resolver rule",
    "aws:route53/resolverRule:ResolverRule",
    "route53resolver delete-resolver-rule --resolver-rule-id",
  ),
  resolverEndpoint: kind(
    "Resolver endpoint",
    "aws:route53/resolverEndpoint:ResolverEndpoint",
    "route53resolver delete-resolver-endpoint --resolver-endpoint-id",
  ),
  queryLogConfig: kind(
    "Resolver query logging configuration",
    "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig",
    "route53resolver delete-resolver-query-log-config --resolver-query-log-config-id",
  ),
  // A group with rules cannot be deleted, nor a list that a rule has.
  firewallRuleGroup: {
    title: "DNS Firewall rule group",
    type: "aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup",
    remove: ({ id }, location) => [
      `${list(location, "route53resolver list-firewall-rules --firewall-rule-group-id", id, "FirewallRules[].[FirewallDomainListId]")} | ` +
        `xargs -rn1 ${aws(location, "route53resolver delete-firewall-rule --firewall-rule-group-id", id)} --firewall-domain-list-id`,
      aws(location, "route53resolver delete-firewall-rule-group --firewall-rule-group-id", id),
    ],
  },
  firewallDomainList: kind(
    "DNS Firewall domain list",
    "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList",
    "route53resolver delete-firewall-domain-list --firewall-domain-list-id",
  ),
  // A policy before the rule groups that it uses.
  networkFirewallPolicy: kind(
    "firewall policy",
    "aws:networkfirewall/firewallPolicy:FirewallPolicy",
    "network-firewall delete-firewall-policy --firewall-policy-arn",
  ),
  networkRuleGroup: kind(
    "firewall rule group",
    "aws:networkfirewall/ruleGroup:RuleGroup",
    "network-firewall delete-rule-group --rule-group-arn",
  ),
  resourceShare: kind(
    "resource share",
    "aws:ram/resourceShare:ResourceShare",
    "ram delete-resource-share --resource-share-arn",
  ),
  logGroup: kind("log group", "aws:cloudwatch/logGroup:LogGroup", "logs delete-log-group --log-group-name"),
  queue: kind("SQS queue", "aws:sqs/queue:Queue", "sqs delete-queue --queue-url"),
  eventRule: {
    title: "EventBridge rule",
    type: "aws:cloudwatch/eventRule:EventRule",
    // A rule with targets cannot be deleted.
    remove: ({ id }, location) => [
      `${list(location, "events list-targets-by-rule --rule", id, "Targets[].Id")} | ` +
        `xargs -r ${aws(location, "events remove-targets --rule", id)} --ids`,
      aws(location, "events delete-rule --name", id),
    ],
  },
  // A composite alarm before the alarms in its rule: CloudWatch keeps those.
  compositeAlarm: kind(
    "CloudWatch composite alarm",
    "aws:cloudwatch/compositeAlarm:CompositeAlarm",
    "cloudwatch delete-alarms --alarm-names",
  ),
  metricAlarm: kind(
    "CloudWatch alarm",
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    "cloudwatch delete-alarms --alarm-names",
  ),
  dashboard: kind(
    "CloudWatch dashboard",
    "aws:cloudwatch/dashboard:Dashboard",
    "cloudwatch delete-dashboards --dashboard-names",
  ),
  topic: kind("SNS topic", "aws:sns/topic:Topic", "sns delete-topic --topic-arn"),
  parameter: kind("SSM parameter", "aws:ssm/parameter:Parameter", "ssm delete-parameter --name"),
  workgroup: kind("Athena workgroup", "aws:athena/workgroup:Workgroup", "athena delete-work-group --work-group"),
  // The commands for repositories and buckets fail if they are not empty.
  repository: kind("ECR repository", "aws:ecr/repository:Repository", "ecr delete-repository --repository-name"),
  bucket: {
    title: "S3 bucket",
    type: "aws:s3/bucket:Bucket",
    remove: ({ id }, location) => [aws(location, "s3 rb", `s3://${id}`)],
  },
  key: kind("KMS key", "aws:kms/key:Key", "kms schedule-key-deletion --key-id"),
  instanceProfile: {
    title: "instance profile",
    type: "aws:iam/instanceProfile:InstanceProfile",
    remove: ({ id }, location) => [
      `${list(location, "iam get-instance-profile --instance-profile-name", id, "InstanceProfile.Roles[].RoleName")} | ` +
        `xargs -r ${aws(location, "iam remove-role-from-instance-profile --instance-profile-name", id)} --role-name`,
      aws(location, "iam delete-instance-profile --instance-profile-name", id),
    ],
  },
  // After its instance profiles, and after detaching its policies.
  role: {
    title: "IAM role",
    type: "aws:iam/role:Role",
    remove: ({ id }, location) => [
      `${list(location, "iam list-attached-role-policies --role-name", id, "AttachedPolicies[].PolicyArn")} | ` +
        `xargs -rn1 ${aws(location, "iam detach-role-policy --role-name", id)} --policy-arn`,
      `${list(location, "iam list-role-policies --role-name", id, "PolicyNames[]")} | ` +
        `xargs -rn1 ${aws(location, "iam delete-role-policy --role-name", id)} --policy-name`,
      aws(location, "iam delete-role --role-name", id),
    ],
  },
  other: { title: "other", remove: ({ id, arn = id }) => [`# delete by hand: ${quoted(arn)}`] },
} satisfies Readonly<Record<string, ResourceKind>>;

export type Kind = keyof typeof ALL_KINDS;

/** Every kind, in the order of deletion. */
export const KINDS: Readonly<Record<Kind, ResourceKind>> = ALL_KINDS;

const ORDER = Object.keys(ALL_KINDS) as Kind[];

/** Position of a kind in the order of deletion. */
export function deletionRank(kind: Kind): number {
  return ORDER.indexOf(kind);
}

/** A kind that AWS CLI commands delete, whose last argument is the id: `ec2 delete-subnet --subnet-id`. */
function kind(title: string, type: string | undefined, ...commands: readonly string[]): ResourceKind {
  return { title, type, remove: ({ id }, location) => commands.map((command) => aws(location, command, id)) };
}

/** `aws SERVICE COMMAND ARGUMENTS... --region REGION`; the arguments are quoted if necessary. */
function aws({ region }: StackLocation, command: string, ...words: readonly string[]): string {
  return ["aws", command, ...words.map(quoted), "--region", region].join(" ");
}

/** A command that prints a list, selected by a JMESPath query. */
function list(location: StackLocation, command: string, id: string, query: string): string {
  return aws(location, command, id, "--query", query, "--output", "text");
}

/** Arguments for a part of a cluster, whose id is `CLUSTER:NAME`. */
function partOfCluster(option: string, id: string): string[] {
  const [cluster, name] = pair(id, ":");
  return ["--cluster-name", cluster, option, name];
}

/** The first two parts of an id. */
function pair(id: string, separator: string): readonly [string, string] {
  const [first, second] = id.split(separator);
  if (first === undefined || second === undefined) throw new Error(`The id ${id} has no "${separator}".`);
  return [first, second];
}
