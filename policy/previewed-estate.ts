import { type PolicyResource, UnknownValueError } from "@pulumi/policy";
import type { Estate } from "../tools/model/estate";
import { isProperties, type ModelResource, type Properties } from "../tools/model/resource";
import { isSilent } from "./required-properties";
import type { StackInPreview } from "./stack-config";

/** The stack of a preview. */
export interface PreviewedEstate extends Estate {
  /** Resources of which too little is known to judge them; they are excluded from the stack. */
  readonly unseen: readonly ModelResource[];
}

/** Inputs of the program, by URN. */
export type Asked = ReadonlyMap<string, Properties>;

/**
 * The stack in the form that checks read. As in a plan, unknown references become placeholders if their target is
 * unambiguous, and known ids stay. Resources without essential properties are left out.
 */
export function estateOfPreview(
  resources: readonly PolicyResource[],
  asked: Asked,
  { project, name, isHub, addressSpace, register, shareWith, access }: StackInPreview,
): PreviewedEstate {
  const seen: ModelResource[] = [];
  const unseen: ModelResource[] = [];
  for (const resource of resources) {
    const inputs = asked.get(resource.urn);
    const { model, unknown } = modelOf(resource, inputs ?? {});
    const isSeen = inputs !== undefined && !isSilent(resource.type, unknown);
    (isSeen ? seen : unseen).push(model);
  }
  const stacks = [{ name, isHub, resources: seen }];
  return { project, stacks, addressSpace, register, shareWith, access: new Map([[name, access]]), unseen };
}

function modelOf(resource: PolicyResource, asked: Properties): { model: ModelResource; unknown: readonly string[] } {
  const { type, name, props } = resource;
  const { properties: inputs, unknown } = known(asked, (property, path) => symbolFor(resource, property, path));
  const id = knownText(props, "id");
  // Without an id, the resource does not exist in AWS yet.
  const model =
    id === undefined
      ? { type, name, id: symbolOf(resource), inputs, unknown }
      : { type, name, id, inputs, unknown, outputs: known(props).properties };
  return { model, unknown };
}

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

/** The known properties of a preview. */
export interface KnownProperties {
  readonly properties: Properties;
  /** Paths of unknown values, `vpcConfig.subnetIds`; items of a list have the path of the list. */
  readonly unknown: readonly string[];
}

/** The placeholder for an unknown value; undefined: none. */
export type StandIn = (property: string, path: string) => string | undefined;

/**
 * Reads the properties that a policy receives. Reading an unknown value throws, and a policy that does not catch the error
 * is skipped in that preview, even a mandatory one; so each value is read separately.
 */
export function known(given: Properties, standIn: StandIn = () => undefined): KnownProperties {
  const unknown: string[] = [];
  const read = (holder: object, property: string, path: string): unknown => {
    const last = path.split(".").at(-1) ?? "";
    try {
      return copied((holder as Properties)[property], path);
    } catch (error) {
      if (!(error instanceof UnknownValueError)) throw error;
      const symbol = standIn(last, path);
      if (symbol === undefined) unknown.push(path);
      return symbol;
    }
  };
  const copied = (value: unknown, path: string): unknown => {
    if (Array.isArray(value)) {
      const items = Array.from({ length: value.length }, (_, index) => read(value, String(index), path));
      return items.filter((item) => item !== undefined);
    }
    return isProperties(value) ? fields(value, path) : value;
  };
  const fields = (holder: Properties, path: string): Properties =>
    Object.fromEntries(
      Object.keys(holder).flatMap((property) => {
        const value = read(holder, property, path === "" ? property : `${path}.${property}`);
        return value === undefined ? [] : [[property, value]];
      }),
    );
  return { properties: fields(given, ""), unknown };
}

/** A text property; undefined if it is absent, empty or unknown. */
export function knownText(given: Properties, property: string): string | undefined {
  const value = known({
    get [property]() {
      return given[property];
    },
  }).properties[property];
  return typeof value === "string" && value !== "" ? value : undefined;
}
