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
