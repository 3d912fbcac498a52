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
