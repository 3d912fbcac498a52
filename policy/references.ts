import type { PolicyResource } from "@pulumi/policy";

/** A property with the id, or an attribute, of another resource. */
interface Reference {
  /** Type of the other resource; undefined: the only dependency, of any type. */
  readonly type?: string;
  readonly attribute?: string;
}

const VPC: Reference = { type: "aws:ec2/vpc:Vpc" };
const SUBNET: Reference = { type: "aws:ec2/subnet:Subnet" };
const GROUP: Reference = { type: "aws:ec2/securityGroup:SecurityGroup" };
const BUCKET_ARN: Reference = { type: "aws:s3/bucket:Bucket", attribute: "arn" };
const TRANSIT = "aws:ec2transitgateway";

/**
 * References that checks follow, by property. Outputs of awsx depend on the component and all its children, so the
 * dependency of the right type is used, if there is exactly one.
 */
const REFERENCES: Readonly<Record<string, Reference>> = {
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
  transitGatewayAttachmentId: { type: `${TRANSIT}/vpcAttachment:VpcAttachment` },
  queueUrl: { type: "aws:sqs/queue:Queue" },
  arn: { type: "aws:sns/topic:Topic", attribute: "arn" },
  logDestination: BUCKET_ARN,
  destinationArn: BUCKET_ARN,
  bucket: { type: "aws:s3/bucket:Bucket" },
  resolverQueryLogConfigId: { type: "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig" },
  repository: { type: "aws:ecr/repository:Repository" },
  role: { type: "aws:iam/role:Role" },
};

/** The placeholder for the id of a resource that has none yet. */
export function symbolOf({ type, name }: Pick<PolicyResource, "type" | "name">, attribute?: string): string {
  return `\${${type}::${name}${attribute === undefined ? "" : `.${attribute}`}}`;
}

/** The placeholder for an unknown reference; undefined if it is none, or if it is ambiguous. */
export function symbolFor(resource: PolicyResource, property: string, path: string): string | undefined {
  const reference = REFERENCES[property];
  if (reference === undefined) return undefined;
  const [inside = ""] = path.split(".");
  const behind = new Set(resource.propertyDependencies[inside] ?? []);
  const meant = [...behind].filter(({ type }) => reference.type === undefined || type === reference.type);
  const [only] = meant;
  return only === undefined || meant.length > 1 ? undefined : symbolOf(only, reference.attribute);
}
