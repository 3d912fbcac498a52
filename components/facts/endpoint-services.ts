/**
 * The AWS services that the hub can offer by an interface endpoint, and the names that clients call them by.
 *
 * AWS gives an endpoint a private DNS name of its own accord only in the VPC that it stands in. Other VPCs need a
 * private zone of that name, so the names must be known here (AWS PrivateLink Guide, "AWS services that integrate with
 * AWS PrivateLink"; `aws ec2 describe-vpc-endpoint-services` lists the private DNS name of each).
 */
export interface EndpointService {
  /** Short name, as in `com.amazonaws.REGION.NAME`. */
  readonly name: string;
  /** Private zones that lead to the endpoint. */
  readonly zones: readonly EndpointZone[];
  /** IAM prefix of the actions that go through it, for the endpoint policy. */
  readonly iamPrefix: string;
}

interface EndpointZone {
  /** Name of the hosted zone. */
  readonly domain: string;
  /** Records in it: the zone's own name, or all names below it. */
  readonly record: "apex" | "wildcard";
}

/** What is odd about a service. By rule it is `SERVICE.REGION.amazonaws.com` and its IAM prefix is its name. */
interface Odd {
  readonly zones?: (region: string) => readonly EndpointZone[];
  readonly iamPrefix?: string;
}

const apex = (domain: string): EndpointZone => ({ domain, record: "apex" });
const wildcard = (domain: string): EndpointZone => ({ domain, record: "wildcard" });

/** Every service that may be in `shared-endpoints`. */
const SERVICES: Readonly<Record<string, Odd>> = {
  "application-autoscaling": {},
  autoscaling: {},
  cloudformation: {},
  cloudtrail: {},
  config: {},
  ec2: {},
  ec2messages: {},
  // An image is referred to by the name of its registry, which begins with an account: ACCOUNT.dkr.ecr.REGION...
  "ecr.api": { zones: (region) => [apex(`api.ecr.${region}.amazonaws.com`)], iamPrefix: "ecr" },
  "ecr.dkr": { zones: (region) => [wildcard(`dkr.ecr.${region}.amazonaws.com`)], iamPrefix: "ecr" },
  eks: {},
  // The one service here that has no name in amazonaws.com. The others answer in api.aws as well, which clients ask
  // for only when dual-stack is switched on.
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

/** Names that `shared-endpoints` may hold. */
export const ENDPOINT_SERVICES: readonly string[] = Object.keys(SERVICES);

/** @throws RangeError for a name that is not in {@link ENDPOINT_SERVICES} */
export function endpointService(name: string, region: string): EndpointService {
  const odd = SERVICES[name];
  if (odd === undefined) throw new RangeError(`unknown endpoint service ${name}`);
  return {
    name,
    zones: odd.zones?.(region) ?? [apex(`${name}.${region}.amazonaws.com`)],
    iamPrefix: odd.iamPrefix ?? name,
  };
}

/** An AWS service that nodes and the pods of a cluster call. */
interface PrivateService {
  /** Short name, as in `com.amazonaws.REGION.NAME`. */
  readonly name: string;
  /** Who calls it, and what for. */
  readonly why: string;
}

/** The path from a spoke's private subnets to a service. */
export type Way = "shared endpoint" | "gateway endpoint" | "NAT gateway" | "none";

/**
 * What a private node needs (Amazon EKS User Guide, "Deploy private clusters with limited internet access"; Karpenter,
 * "Private Clusters"). Besides these, Karpenter asks IAM and the Price List for what is only a convenience: with no way
 * to them, set its `settings.isolatedVPC`.
 */
export const PRIVATE_SERVICES: readonly PrivateService[] = [
  { name: "ec2", why: "nodes learn their names, the VPC CNI attaches addresses, Karpenter launches nodes" },
  { name: "ecr.api", why: "the kubelet is authorised to pull images" },
  { name: "ecr.dkr", why: "the kubelet pulls images" },
  { name: "s3", why: "layers of the images" },
  { name: "eks", why: "Karpenter finds the cluster's endpoint" },
  { name: "eks-auth", why: "the Pod Identity agent fetches the pods' credentials" },
  { name: "sts", why: "tools in pods ask who they are, and take roles of other accounts" },
  { name: "sqs", why: "Karpenter hears of interruptions" },
  { name: "ssm", why: "Karpenter finds machine images, operators reach nodes" },
  { name: "ssmmessages", why: "sessions of operators on nodes" },
  { name: "ec2messages", why: "commands to nodes, where the SSM agent is an older one" },
  { name: "logs", why: "log collectors deliver" },
];

/** What decides the ways. */
export interface Ways {
  /** Endpoints that the hub offers. */
  readonly sharedEndpoints: readonly string[];
  /** Whether the private subnets have a route to a NAT gateway. */
  readonly nat: boolean;
}

/** The path of a call; S3 always uses the spoke's own gateway endpoint. */
export function wayTo(service: string, { sharedEndpoints, nat }: Ways): Way {
  if (service === "s3") return "gateway endpoint";
  if (sharedEndpoints.includes(service)) return "shared endpoint";
  return nat ? "NAT gateway" : "none";
}

/** Why a cluster cannot run in such a spoke; undefined if it can. */
export function privateServicesFault(ways: Ways): string | undefined {
  const lacking = PRIVATE_SERVICES.map(({ name }) => name).filter((name) => wayTo(name, ways) === "none");
  if (lacking.length === 0) return undefined;
  return (
    `a cluster without a NAT gateway needs every service by an endpoint, and there is none to ${lacking.join(", ")}; ` +
    "add them to the hub's shared-endpoints"
  );
}
