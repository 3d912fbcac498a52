/**
 * A service that the hub can offer by an interface endpoint, and the DNS names by which clients call it.
 *
 * AWS gives an endpoint a private DNS name by itself only in the endpoint's own VPC. Other VPCs need a private hosted
 * zone of that name, so the names must be known here (AWS PrivateLink Guide, "AWS services that integrate with AWS
 * PrivateLink"; `aws ec2 describe-vpc-endpoint-services` lists the private DNS name of each).
 */
export interface EndpointService {
  /** Short name, as in `com.amazonaws.REGION.NAME`. */
  readonly name: string;
  /** Private hosted zones whose records point to the endpoint. */
  readonly zones: readonly EndpointZone[];
  /** Prefix of the service's IAM actions, for the endpoint policy. */
  readonly iamPrefix: string;
}

interface EndpointZone {
  /** Name of the hosted zone. */
  readonly domain: string;
  /** Its record: for the zone's own name, or for all names below it. */
  readonly record: "apex" | "wildcard";
}

/**
 * Exceptions of a service. The rule is that its name is `SERVICE.REGION.amazonaws.com` and its IAM prefix is its name.
 */
interface Exceptions {
  readonly zones?: (region: string) => readonly EndpointZone[];
  readonly iamPrefix?: string;
}

const apex = (domain: string): EndpointZone => ({ domain, record: "apex" });
const wildcard = (domain: string): EndpointZone => ({ domain, record: "wildcard" });

/** Every service that may be in `shared-endpoints`. */
const SERVICES: Readonly<Record<string, Exceptions>> = {
  "application-autoscaling": {},
  autoscaling: {},
  cloudformation: {},
  cloudtrail: {},
  config: {},
  ec2: {},
  ec2messages: {},
  // The name of an image begins with that of its registry, which begins with an account: ACCOUNT.dkr.ecr.REGION...
  "ecr.api": { zones: (region) => [apex(`api.ecr.${region}.amazonaws.com`)], iamPrefix: "ecr" },
  "ecr.dkr": { zones: (region) => [wildcard(`dkr.ecr.${region}.amazonaws.com`)], iamPrefix: "ecr" },
  eks: {},
  // The only service here without a name in amazonaws.com. The others also have names in api.aws, which clients use
  // only when dual-stack is switched on.
  "eks-auth": { zones: (region) => [apex(`eks-auth.${region}.api.aws`)] },
  elasticfilesystem: {},
  elasticloadbalancing: {},
  events: {},
  "kinesis-firehose": { zones: (region) => [apex(`firehose.${region}.amazonaws.com`)], iamPrefix: "firehose" },
  "kinesis-streams": { zones: (region) => [apex(`kinesis.${region}.amazonaws.com`)], iamPrefix: "kinesis" },
  kms: {},
  lambda: {},
  logs: {},
  monitoring: { iamPrefix: "cloudwatch" },
  "sagemaker.api": { zones: (region) => [apex(`api.sagemaker.${region}.amazonaws.com`)], iamPrefix: "sagemaker" },
  "sagemaker.runtime": {
    zones: (region) => [apex(`runtime.sagemaker.${region}.amazonaws.com`)],
    iamPrefix: "sagemaker",
  },
  secretsmanager: {},
  sns: {},
  sqs: {},
  ssm: {},
  ssmmessages: {},
  states: {},
  sts: {},
  xray: {},
};

/** Names that `shared-endpoints` may contain. */
export const ENDPOINT_SERVICES: readonly string[] = Object.keys(SERVICES);

/** @throws RangeError for a name that is not in {@link ENDPOINT_SERVICES} */
export function endpointService(name: string, region: string): EndpointService {
  const service = SERVICES[name];
  if (service === undefined) throw new RangeError(`unknown endpoint service ${name}`);
  return {
    name,
    zones: service.zones?.(region) ?? [apex(`${name}.${region}.amazonaws.com`)],
    iamPrefix: service.iamPrefix ?? name,
  };
}

/** An AWS service that nodes and the pods of a cluster call. */
interface PrivateService {
  /** Short name, as in `com.amazonaws.REGION.NAME`. */
  readonly name: string;
  /** Who calls it, and why. */
  readonly why: string;
  /** Whether only what runs on managed nodes calls it. EKS Auto Mode does the same work outside the VPC. @default false */
  readonly ofManagedNodes?: boolean;
}

/** The path from a spoke's private subnets to a service. */
export type Way = "shared endpoint" | "gateway endpoint" | "NAT gateway" | "none";

/**
 * Services that a private node needs (Amazon EKS User Guide, "Deploy private clusters with limited internet access";
 * Karpenter, "Private Clusters"). Karpenter also calls the Price List, which it can do without: in a network that cannot
 * reach it, `platform/` sets `settings.isolatedVPC`.
 */
export const PRIVATE_SERVICES: readonly PrivateService[] = [
  { name: "ec2", why: "nodes learn their names, the VPC CNI attaches addresses, Karpenter launches nodes" },
  { name: "ecr.api", why: "the kubelet is authorised to pull images" },
  { name: "ecr.dkr", why: "the kubelet pulls images" },
  { name: "s3", why: "layers of the images" },
  { name: "eks", why: "Karpenter finds the cluster's endpoint" },
  { name: "eks-auth", why: "the Pod Identity agent fetches the pods' credentials" },
  { name: "sts", why: "tools in pods ask who they are, and take roles of other accounts" },
  { name: "sqs", why: "Karpenter hears of interruptions", ofManagedNodes: true },
  {
    name: "elasticloadbalancing",
    why: "the AWS Load Balancer Controller creates load balancers",
    ofManagedNodes: true,
  },
  { name: "ssm", why: "Karpenter finds machine images, operators reach nodes" },
  { name: "ssmmessages", why: "sessions of operators on nodes" },
  { name: "ec2messages", why: "commands to nodes, where the SSM agent is an older one" },
  { name: "logs", why: "log collectors deliver" },
];

/** The paths that a spoke has. */
interface ServicePaths {
  /** Endpoints that the hub offers. */
  readonly sharedEndpoints: readonly string[];
  /** Whether the private subnets have a route to a NAT gateway. */
  readonly nat: boolean;
}

/** The path of a call; S3 always uses the spoke's own gateway endpoint. */
export function wayTo(service: string, { sharedEndpoints, nat }: ServicePaths): Way {
  if (service === "s3") return "gateway endpoint";
  if (sharedEndpoints.includes(service)) return "shared endpoint";
  return nat ? "NAT gateway" : "none";
}

/**
 * Why a cluster cannot run in a spoke with these paths; undefined if it can.
 *
 * @param managedNodes whether the cluster has managed nodes, on which Karpenter and controllers run
 */
export function privateServicesFault(paths: ServicePaths, managedNodes: boolean): string | undefined {
  const lacking = PRIVATE_SERVICES.filter(({ ofManagedNodes = false }) => managedNodes || !ofManagedNodes)
    .map(({ name }) => name)
    .filter((name) => wayTo(name, paths) === "none");
  if (lacking.length === 0) return undefined;
  return (
    `egress is none, so the cluster needs an endpoint for every service that it calls, and the hub has none for ` +
    `${lacking.join(", ")}; add them to shared-endpoints of the hub and update the hub first, or choose another egress`
  );
}
