import type { Prices } from "./price-list";

/** A resource as far as it costs something; the plan's and a stack export's are ones. */
export interface Costing {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** What a month of something costs at rest: without traffic, requests or stored data. */
export interface CostItem {
  readonly part: CostPart;
  readonly count: number;
  /** Of all of them, in the currency of the price list; null: the list has no price for it. */
  readonly monthly: number | null;
}

export const COST_PARTS = [
  "NAT gateways",
  "public addresses",
  "gateway attachments",
  "shared endpoints",
  "resolver addresses",
  "private zones",
  "clusters",
  "nodes",
  "disks",
  "keys",
] as const;
export type CostPart = (typeof COST_PARTS)[number];

/** Hours in a month, as AWS's calculator has them. */
const HOURS = 730;

/** Hosted zones of an account before the price falls. */
const DEARER_ZONES = 25;

/**
 * What a stack costs a month at rest, part by part. What is paid for by use (traffic, DNS queries, images, the delivery
 * and storage of logs) is not known from a plan; what is free (VPCs, the transit gateway itself, S3 gateway endpoints,
 * shares, roles) is not listed.
 */
export function costsOf(resources: readonly Costing[], prices: Prices): CostItem[] {
  const ofType = (type: string): readonly Costing[] => resources.filter((resource) => resource.type === type);
  const monthly = (part: CostPart, count: number, price: number | undefined): CostItem => ({
    part,
    count,
    monthly: price === undefined ? null : count * price,
  });
  const hourly = (part: CostPart, count: number, price: number | undefined): CostItem =>
    monthly(part, count, price === undefined ? undefined : price * HOURS);
  const endpoints = ofType("aws:ec2/vpcEndpoint:VpcEndpoint").filter(
    ({ inputs }) => inputs["vpcEndpointType"] === "Interface",
  );
  const items = [
    hourly("NAT gateways", ofType("aws:ec2/natGateway:NatGateway").length, prices.natGatewayHour),
    hourly("public addresses", ofType("aws:ec2/eip:Eip").length, prices.publicIpv4Hour),
    hourly(
      "gateway attachments",
      ofType("aws:ec2transitgateway/vpcAttachment:VpcAttachment").length,
      prices.transitGatewayAttachmentHour,
    ),
    hourly(
      "shared endpoints",
      sum(endpoints.map(({ inputs }) => listed(inputs["subnetIds"]))),
      prices.interfaceEndpointHour,
    ),
    hourly(
      "resolver addresses",
      sum(ofType("aws:route53/resolverEndpoint:ResolverEndpoint").map(({ inputs }) => listed(inputs["ipAddresses"]))),
      prices.resolverAddressHour,
    ),
    zones(ofType("aws:route53/zone:Zone").length, prices),
    hourly("clusters", ofType("aws:eks/cluster:Cluster").length, prices.clusterHour),
    ...nodes(resources, prices),
    monthly("keys", ofType("aws:kms/key:Key").length, prices.keyMonth),
  ];
  return items.filter(({ count }) => count > 0);
}

/** Hosted zones, the first of which cost more than the others (Amazon Route 53 pricing, "Hosted zones"). */
function zones(count: number, { hostedZoneMonth, furtherHostedZoneMonth }: Prices): CostItem {
  const further = Math.max(0, count - DEARER_ZONES);
  const known = hostedZoneMonth !== undefined && (further === 0 || furtherHostedZoneMonth !== undefined);
  return {
    part: "private zones",
    count,
    monthly: known ? (count - further) * hostedZoneMonth + further * (furtherHostedZoneMonth ?? 0) : null,
  };
}

/** The managed nodes, whose type and disk stand in their launch template. */
function nodes(resources: readonly Costing[], prices: Prices): CostItem[] {
  const groups = resources.filter(({ type }) => type === "aws:eks/nodeGroup:NodeGroup");
  const sized = groups.map(({ name, inputs }) => {
    const template = resources.find(
      (each) => each.type === "aws:ec2/launchTemplate:LaunchTemplate" && each.name === name,
    );
    const [type] = (inputs["instanceTypes"] as string[] | undefined) ?? [];
    return {
      count: (inputs["scalingConfig"] as { desiredSize: number }).desiredSize,
      hour: prices.instanceHour[type ?? String(template?.inputs["instanceType"])],
      gib: volumeGib(template),
    };
  });
  const count = sum(sized.map((group) => group.count));
  const known = sized.every(({ hour }) => hour !== undefined);
  const gib = sum(sized.map((group) => group.count * group.gib));
  return [
    { part: "nodes", count, monthly: known ? sum(sized.map((each) => each.count * (each.hour ?? 0) * HOURS)) : null },
    { part: "disks", count, monthly: prices.volumeGibMonth === undefined ? null : gib * prices.volumeGibMonth },
  ];
}

function volumeGib(template: Costing | undefined): number {
  const devices = (template?.inputs["blockDeviceMappings"] ?? []) as { ebs?: { volumeSize?: number } }[];
  return sum(devices.map(({ ebs }) => ebs?.volumeSize ?? 0));
}

function listed(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((left, right) => left + right, 0);
}
