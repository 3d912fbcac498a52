import { type PolicyResource, UnknownValueError } from "@pulumi/policy";
import { withoutAbsentSpokes } from "../tools/model/connections";
import { type AllStacks, isProperties, type ModelResource, type Properties } from "../tools/model/resource";
import { FIREWALL, firewallAttachmentId } from "../tools/model/topology/firewalls";
import type { PreviewedStack } from "./previewed-stack";

/** A previewed stack in the form that checks read. */
export interface PreviewModel extends AllStacks {
  /** Resources with unknown required properties; they are excluded from the stack. */
  readonly undetermined: readonly ModelResource[];
}

/**
 * Models a previewed stack. As in a plan, unknown references become placeholders if their target is unambiguous; known ids
 * stay. Resources with unknown required properties are left out, and those that connect the attachments of spokes, which are
 * in other stacks.
 *
 * @param inputs - inputs of the program, by URN
 */
export function modelPreview(
  resources: readonly PolicyResource[],
  inputs: ReadonlyMap<string, Properties>,
  previewed: PreviewedStack,
): PreviewModel {
  const { project, name, isHub, addressSpace, accountMap, connections, shareWith, access } = previewed;
  const { inspection, sites, transitFlowLogs, dnsFirewall, alarms } = previewed;
  const determined: ModelResource[] = [];
  const undetermined: ModelResource[] = [];
  for (const resource of resources) {
    const own = inputs.get(resource.urn);
    const { model, unknown } = modelResource(resource, own ?? {});
    const isDetermined = own !== undefined && !isUndetermined(resource.type, unknown);
    (isDetermined ? determined : undetermined).push(model);
  }
  const stacks = withoutAbsentSpokes([{ name, isHub, resources: determined }], { connections, sites });
  return {
    project,
    stacks,
    addressSpace,
    accountMap,
    connections,
    inspection,
    sites,
    transitFlowLogs,
    firewalls: new Map(dnsFirewall === undefined ? [] : [[name, dnsFirewall]]),
    shareWith,
    access: new Map([[name, access]]),
    alarms: new Map([[name, alarms]]),
    undetermined,
  };
}

function modelResource(resource: PolicyResource, given: Properties) {
  const { type, name, props } = resource;
  const { properties: inputs, unknown } = readKnown(given, (property, path) =>
    placeholderFor(resource, property, path),
  );
  const { id } = readKnown({
    get id() {
      return (props as Properties)["id"];
    },
  }).properties;
  // Without an id, the resource does not exist in AWS yet.
  const model: ModelResource =
    typeof id === "string" && id !== ""
      ? { type, name, id, inputs, unknown, outputs: readKnown(props).properties }
      : { type, name, id: placeholderOf(resource), inputs, unknown };
  return { model, unknown };
}

/** The known properties of a preview. */
interface KnownProperties {
  readonly properties: Properties;
  /** Paths of unknown values, `vpcConfig.subnetIds`; items of a list have the path of the list. */
  readonly unknown: readonly string[];
}

/** The placeholder for an unknown value; undefined: none. */
type Placeholder = (property: string, path: string) => string | undefined;

/**
 * Reads the properties that a policy receives. Reading an unknown value throws, and a policy that does not catch the error
 * is skipped in that preview, even a mandatory one; so each value is read separately.
 */
export function readKnown(given: Properties, placeholder: Placeholder = () => undefined): KnownProperties {
  const unknown: string[] = [];
  const read = (parent: object, property: string, path: string): unknown => {
    const last = path.split(".").at(-1) ?? "";
    try {
      return copy((parent as Properties)[property], path);
    } catch (error) {
      if (!(error instanceof UnknownValueError)) throw error;
      const value = placeholder(last, path);
      if (value === undefined) unknown.push(path);
      return value;
    }
  };
  const copy = (value: unknown, path: string): unknown => {
    if (Array.isArray(value)) {
      const items = Array.from({ length: value.length }, (_, index) => read(value, String(index), path));
      return items.filter((item) => item !== undefined);
    }
    return isProperties(value) ? copyFields(value, path) : value;
  };
  const copyFields = (parent: Properties, path: string): Properties =>
    Object.fromEntries(
      Object.keys(parent).flatMap((property) => {
        const value = read(parent, property, path === "" ? property : `${path}.${property}`);
        return value === undefined ? [] : [[property, value]];
      }),
    );
  return { properties: copyFields(given, ""), unknown };
}

/** A property with the id, or an attribute, of another resource. */
interface Reference {
  /** Type of the other resource; undefined: the only dependency, of any type. */
  readonly type?: string;
  readonly attribute?: string;
}

const EC2 = "aws:ec2";
const VPC: Reference = { type: "aws:ec2/vpc:Vpc" };
const SUBNET: Reference = { type: "aws:ec2/subnet:Subnet" };
const GROUP: Reference = { type: "aws:ec2/securityGroup:SecurityGroup" };
const BUCKET_ARN: Reference = { type: "aws:s3/bucket:Bucket", attribute: "arn" };
const TRANSIT = "aws:ec2transitgateway";

/**
 * References that checks follow, by property. Outputs of awsx depend on the component and all its children, so the
 * dependency of the right type is used, if there is exactly one.
 */
const REFERENCES: Readonly<Record<string, Reference | readonly Reference[]>> = {
  vpcId: VPC,
  resourceId: VPC,
  subnetId: SUBNET,
  subnetIds: SUBNET,
  routeTableId: { type: "aws:ec2/routeTable:RouteTable" },
  natGatewayId: { type: "aws:ec2/natGateway:NatGateway" },
  // An internet gateway, or a virtual private one.
  gatewayId: {},
  internetGatewayId: { type: "aws:ec2/internetGateway:InternetGateway" },
  allocationId: { type: "aws:ec2/eip:Eip" },
  securityGroupId: GROUP,
  securityGroupIds: GROUP,
  referencedSecurityGroupId: GROUP,
  transitGatewayId: { type: `${TRANSIT}/transitGateway:TransitGateway` },
  transitGatewayRouteTableId: { type: `${TRANSIT}/routeTable:RouteTable` },
  transitGatewayAttachmentId: [
    { type: `${TRANSIT}/vpcAttachment:VpcAttachment` },
    // AWS creates the attachment of an external site with these.
    ...[`${EC2}/vpnConnection:VpnConnection`, "aws:directconnect/gatewayAssociation:GatewayAssociation"].map(
      (type): Reference => ({ type, attribute: "transitGatewayAttachmentId" }),
    ),
  ],
  customerGatewayId: { type: `${EC2}/customerGateway:CustomerGateway` },
  associatedGatewayId: { type: `${TRANSIT}/transitGateway:TransitGateway` },
  resolverEndpointId: { type: "aws:route53/resolverEndpoint:ResolverEndpoint" },
  resolverRuleId: { type: "aws:route53/resolverRule:ResolverRule" },
  firewallArn: { type: FIREWALL },
  firewallPolicyArn: { type: "aws:networkfirewall/firewallPolicy:FirewallPolicy" },
  bucketName: { type: "aws:s3/bucket:Bucket" },
  queueUrl: { type: "aws:sqs/queue:Queue" },
  arn: { type: "aws:sns/topic:Topic", attribute: "arn" },
  topic: { type: "aws:sns/topic:Topic", attribute: "arn" },
  // Dimensions of metrics.
  NatGatewayId: { type: "aws:ec2/natGateway:NatGateway" },
  TransitGateway: { type: `${TRANSIT}/transitGateway:TransitGateway` },
  TransitGatewayAttachment: { type: `${TRANSIT}/vpcAttachment:VpcAttachment` },
  EndpointId: { type: "aws:route53/resolverEndpoint:ResolverEndpoint" },
  AutoScalingGroupName: {
    ...{ type: "aws:eks/nodeGroup:NodeGroup", attribute: "resources[0].autoscalingGroups[0].name" },
  },
  logDestination: BUCKET_ARN,
  destinationArn: BUCKET_ARN,
  bucket: { type: "aws:s3/bucket:Bucket" },
  resolverQueryLogConfigId: { type: "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig" },
  firewallRuleGroupId: { type: "aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup" },
  firewallDomainListId: { type: "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList" },
  repository: { type: "aws:ecr/repository:Repository" },
  role: { type: "aws:iam/role:Role" },
};

/** The placeholder for an unknown reference; undefined if the property is none, or if its target is ambiguous. */
function placeholderFor(resource: PolicyResource, property: string, path: string): string | undefined {
  const firewall = firewallIn(resource, property);
  if (firewall !== undefined) return firewallAttachmentId({ ...firewall, id: placeholderOf(firewall), inputs: {} });
  const references = [REFERENCES[property] ?? []].flat();
  const [input = ""] = path.split(".");
  const dependencies = new Set(resource.propertyDependencies[input] ?? []);
  const targets = references.flatMap(({ type, attribute }) =>
    [...dependencies].filter((each) => type === undefined || each.type === type).map((each) => ({ each, attribute })),
  );
  const [target] = targets;
  return target === undefined || targets.length > 1 ? undefined : placeholderOf(target.each, target.attribute);
}

/** The firewall whose transit gateway attachment a property has; undefined: another attachment. */
function firewallIn(resource: PolicyResource, property: string): PolicyResource | undefined {
  if (property !== "transitGatewayAttachmentId") return undefined;
  return (resource.propertyDependencies[property] ?? []).find(({ type }) => type === FIREWALL);
}

/** The placeholder for the id, or an attribute, of a resource that does not exist yet. */
function placeholderOf({ type, name }: Pick<PolicyResource, "type" | "name">, attribute?: string): string {
  return `\${${type}::${name}${attribute === undefined ? "" : `.${attribute}`}}`;
}

/** Whether a required property of a resource is among the unknown ones, as a whole or in part. */
function isUndetermined(type: string, unknown: readonly string[]): boolean {
  const required = REQUIRED_PROPERTIES[type] ?? [];
  const isIn = (path: string, other: string): boolean => path === other || path.startsWith(`${other}.`);
  return unknown.some((path) => required.some((each) => isIn(path, each) || isIn(each, path)));
}

const TABLE_ENTRY = ["transitGatewayAttachmentId", "transitGatewayRouteTableId"];
const DEFAULT_TABLE = ["transitGatewayId", "transitGatewayRouteTableId"];
const PORTS = ["fromPort", "toPort"];
const INLINE_RULES = ["ingress.protocol", "ingress.fromPort", "ingress.toPort"];

/**
 * Properties that must be known before a resource can be checked, by type. The model would report a route with an unknown
 * route table or target as a fault.
 */
const REQUIRED_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  [`${EC2}/vpc:Vpc`]: ["cidrBlock"],
  [`${EC2}/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation`]: ["vpcId", "cidrBlock"],
  [`${EC2}/subnet:Subnet`]: ["vpcId", "availabilityZone", "cidrBlock", "tags.SubnetType"],
  [`${EC2}/routeTable:RouteTable`]: ["vpcId", "routes"],
  [`${EC2}/defaultRouteTable:DefaultRouteTable`]: ["routes"],
  [`${EC2}/routeTableAssociation:RouteTableAssociation`]: ["subnetId", "routeTableId"],
  [`${EC2}/mainRouteTableAssociation:MainRouteTableAssociation`]: ["vpcId", "routeTableId"],
  [`${EC2}/route:Route`]: [
    ...["routeTableId", "gatewayId", "natGatewayId", "transitGatewayId"],
    ...["destinationCidrBlock", "destinationPrefixListId"],
  ],
  [`${EC2}/natGateway:NatGateway`]: ["subnetId", "allocationId", "availabilityZoneAddresses", "vpcId"],
  [`${EC2}/internetGateway:InternetGateway`]: ["vpcId"],
  [`${EC2}/internetGatewayAttachment:InternetGatewayAttachment`]: ["internetGatewayId", "vpcId"],
  [`${EC2}/securityGroup:SecurityGroup`]: INLINE_RULES,
  [`${EC2}/defaultSecurityGroup:DefaultSecurityGroup`]: ["vpcId", ...INLINE_RULES],
  [`${EC2}/securityGroupRule:SecurityGroupRule`]: ["securityGroupId", "type", "protocol", ...PORTS],
  ["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"]: ["securityGroupId", "ipProtocol", ...PORTS],
  [`${EC2}/vpcEndpoint:VpcEndpoint`]: ["vpcEndpointType"],
  [`${EC2}/flowLog:FlowLog`]: ["vpcId", "transitGatewayId", "trafficType", "logDestination"],
  [`${TRANSIT}/transitGateway:TransitGateway`]: ["defaultRouteTableAssociation", "defaultRouteTablePropagation"],
  [`${TRANSIT}/vpcAttachment:VpcAttachment`]: [
    ...["vpcId", "transitGatewayId"],
    ...["transitGatewayDefaultRouteTableAssociation", "transitGatewayDefaultRouteTablePropagation"],
  ],
  [`${TRANSIT}/routeTable:RouteTable`]: ["transitGatewayId"],
  [`${TRANSIT}/route:Route`]: [...TABLE_ENTRY, "destinationCidrBlock", "blackhole"],
  [`${TRANSIT}/routeTableAssociation:RouteTableAssociation`]: [...TABLE_ENTRY, "replaceExistingAssociation"],
  [`${TRANSIT}/routeTablePropagation:RouteTablePropagation`]: TABLE_ENTRY,
  [`${TRANSIT}/defaultRouteTableAssociation:DefaultRouteTableAssociation`]: DEFAULT_TABLE,
  [`${TRANSIT}/defaultRouteTablePropagation:DefaultRouteTablePropagation`]: DEFAULT_TABLE,
  [`${EC2}/vpnConnection:VpnConnection`]: ["customerGatewayId", "transitGatewayId", "staticRoutesOnly"],
  ["aws:directconnect/gatewayAssociation:GatewayAssociation"]: ["associatedGatewayId", "allowedPrefixes"],
  [FIREWALL]: ["transitGatewayId", "availabilityZoneMappings"],
  ["aws:route53/resolverRule:ResolverRule"]: ["resolverEndpointId", "ruleType"],
  ["aws:route53/resolverRuleAssociation:ResolverRuleAssociation"]: ["resolverRuleId", "vpcId"],
  ["aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig"]: ["destinationArn"],
  ["aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation"]: [
    ...["resourceId", "resolverQueryLogConfigId"],
  ],
  ["aws:route53/resolverFirewallRule:ResolverFirewallRule"]: ["firewallRuleGroupId", "firewallDomainListId"],
  ["aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation"]: [
    ...["vpcId", "firewallRuleGroupId"],
  ],
  ["aws:s3/bucketPolicy:BucketPolicy"]: ["bucket"],
  ...Object.fromEntries(
    ["Versioning", "ObjectLockConfiguration", "OwnershipControls", "PublicAccessBlock"]
      .concat("ServerSideEncryptionConfiguration")
      .map((name) => [`aws:s3/bucket${name}:Bucket${name}`, ["bucket"]]),
  ),
  // The id in a dimension.
  ["aws:cloudwatch/metricAlarm:MetricAlarm"]: ["dimensions", "metricQueries"],
  ["aws:sns/topicPolicy:TopicPolicy"]: ["arn"],
  ["aws:sqs/queuePolicy:QueuePolicy"]: ["queueUrl"],
  ["aws:ecr/repository:Repository"]: ["name"],
  ["aws:ecr/repositoryPolicy:RepositoryPolicy"]: ["repository"],
  ["aws:ram/principalAssociation:PrincipalAssociation"]: ["principal"],
  ["aws:eks/cluster:Cluster"]: ["vpcConfig.endpointPublicAccess", "vpcConfig.publicAccessCidrs"],
};
