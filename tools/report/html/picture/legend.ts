import { counted, grouped, listed, namesShortened } from "../../../io/words";
import type { Plan } from "../../../planner/plan";
import { networks, type NetworkView } from "../../view/networks";
import type { PlatformView } from "../../view/platform";
import { markup, type Markup, NOTHING } from "../markup";

/** Numbers of the parts, as in the diagram of the network's design document; the platform is not in it. */
export const PART = {
  hubAccount: 1,
  hubStack: 2,
  spokeAccount: 3,
  spokeStack: 4,
  cidr: 5,
  az: 6,
  publicSubnets: 7,
  natGateway: 8,
  privateSubnets: 9,
  workerNodes: 10,
  controlPlane: 11,
  subnetTags: 12,
  flowLogs: 13,
  route53: 14,
  ecr: 15,
  platform: 16,
} as const;

/** A numbered part, with its name and its details in this plan. */
interface Entry {
  readonly number: number;
  readonly name: string;
  readonly here: string;
}

/** The numbered parts, with what this plan has of each. */
export function legend(plan: Plan): Markup {
  return markup`
<ol class="parts">${entries(plan).map(
    ({ number, name, here }) => markup`
<li><span class="part" aria-hidden="true">${number}</span><span><b>${name}</b>${here === "" ? NOTHING : markup` <span class="muted">${here}</span>`}</span></li>`,
  )}</ol>`;
}

const NONE = "none in this plan";

export function entries(plan: Plan): Entry[] {
  const all = networks(plan);
  const hub = all.find(({ role }) => role === "hub");
  const spokes = all.filter(({ role }) => role === "spoke");
  const { archive = "", hostedZones = [], repositories = [], caches = [] } = hub ?? {};
  const clusters = spokes.filter(({ kubernetes }) => kubernetes !== undefined);
  const here: Readonly<Record<keyof typeof PART, string>> = {
    hubAccount: hub === undefined ? NONE : `${hub.account}, with everything that the networks share`,
    hubStack: hub === undefined ? NONE : `${hub.name}, which exports what the spokes read`,
    spokeAccount: spokes.length === 0 ? NONE : `one per spoke: ${namesShortened(spokes.map(({ account }) => account))}`,
    spokeStack: spokes.length === 0 ? NONE : namesShortened(spokes.map(({ name }) => name)),
    cidr: `one per network, ${sizes(all.map(({ cidr }) => cidr))}`,
    az: inRange(
      all.map(({ zones }) => zones.length),
      "per network",
    ),
    publicSubnets: `one per AZ, ${sizes(cidrsOf(all, "public"))}, for NAT gateways and load balancers`,
    natGateway:
      spokes.length === 0
        ? NONE
        : inRange(
            spokes.map(({ natGateways }) => natGateways.length),
            "per spoke",
          ),
    privateSubnets: `one per AZ, ${sizes(cidrsOf(all, "private"))}, for worker nodes and endpoints`,
    workerNodes: clusters.length === 0 ? NONE : `${counted(nodesOf(clusters), "managed node")}; Karpenter adds more`,
    controlPlane:
      clusters.length === 0
        ? NONE
        : `Kubernetes ${listed([...new Set(clusters.flatMap(({ kubernetes }) => kubernetes ?? []))])}, outside the VPC`,
    subnetTags: tagNames(spokes),
    flowLogs: archive === "" ? NONE : `all traffic of every VPC, stored in the S3 bucket ${archive} of the hub`,
    route53: hostedZones.length === 0 ? NONE : `${counted(hostedZones.length, "private hosted zone")} in the hub`,
    ecr:
      repositories.length + caches.length === 0
        ? NONE
        : `${repositoryCount(repositories.length)} and ${counted(caches.length, "pull-through cache")} in the hub`,
    platform: platformsInWords(spokes),
  };
  return (Object.keys(PART) as (keyof typeof PART)[])
    .filter((key) => key !== "platform" || here.platform !== "")
    .map((key) => ({ number: PART[key], name: NAMES[key], here: here[key] }));
}

/** What runs in the clusters; empty where no spoke has a platform. */
function platformsInWords(spokes: readonly NetworkView[]): string {
  const all = spokes.flatMap(({ platform }) => platform ?? []);
  if (all.length === 0) return "";
  const names = (of: (platform: PlatformView) => readonly { readonly name: string }[]): string =>
    listed([...new Set(all.flatMap(of).map(({ name }) => name))]);
  const parts = [
    ["charts", names(({ charts }) => charts)],
    ["node pools", names(({ nodePools }) => nodePools)],
    ["namespaces", names(({ namespaces }) => namespaces)],
  ].flatMap(([what = "", those = ""]) => (those === "" ? [] : [`${what} ${those}`]));
  return `in the cluster of ${namesShortened(all.map(({ spoke }) => spoke))}: ${parts.join("; ")}`;
}

const NAMES: Readonly<Record<keyof typeof PART, string>> = {
  hubAccount: "Shared account",
  hubStack: "Hub stack",
  spokeAccount: "Spoke account",
  spokeStack: "Spoke stack",
  cidr: "VPC CIDR",
  az: "Availability Zone (AZ)",
  publicSubnets: "Public subnets",
  natGateway: "NAT gateway",
  privateSubnets: "Private subnets",
  workerNodes: "Worker nodes",
  controlPlane: "EKS control plane",
  subnetTags: "Subnet tags",
  flowLogs: "VPC flow logs",
  route53: "Route 53",
  ecr: "ECR",
  platform: "Platform",
};

function cidrsOf(all: readonly NetworkView[], tier: string): string[] {
  return all.flatMap(({ subnets }) => subnets.filter((subnet) => subnet.tier === tier).map(({ cidr }) => cidr));
}

/** `a /18 (16,384 addresses)`. */
function sizes(cidrs: readonly string[]): string {
  const lengths = [...new Set(cidrs.map((cidr) => Number(cidr.split("/")[1])))].sort((a, b) => a - b);
  return listed(lengths.map((length) => `a /${String(length)} (${grouped(2 ** (32 - length))} addresses)`));
}

/** `2 per spoke`, `1 to 3 per spoke`. */
function inRange(counts: readonly number[], each: string): string {
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return `${least === most ? String(least) : `${String(least)} to ${String(most)}`} ${each}`;
}

function nodesOf(spokes: readonly NetworkView[]): number {
  return spokes.flatMap(({ subnets }) => subnets).reduce((sum, { nodes = 0 }) => sum + nodes, 0);
}

function tagNames(spokes: readonly NetworkView[]): string {
  const subnets = spokes.flatMap((spoke) => spoke.subnets.filter(({ tier }) => tier === "private"));
  const names = new Set(subnets.flatMap(({ discoveryTags }) => discoveryTags));
  return names.size === 0 ? NONE : `${listed([...names])} on the private subnets, for EKS and Karpenter`;
}

function repositoryCount(count: number): string {
  return count === 1 ? "1 repository" : `${count === 0 ? "no" : grouped(count)} repositories`;
}
