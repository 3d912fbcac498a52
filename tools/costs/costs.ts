import type { Prices } from "./price-list";

/** The properties of a resource that decide its cost; resources of a plan and of a stack export have them. */
export interface Costing {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** Monthly cost of one part of the network before traffic: without data transfer, requests or stored data. */
interface CostItem {
  readonly part: CostPart;
  readonly count: number;
  /** Cost of all of them in US dollars, rounded to cents; null: the list has no price. */
  readonly monthly: number | null;
}

export const COST_PARTS = [
  "NAT gateways",
  "public IPv4 addresses",
  "transit gateway attachments",
  "VPN connections",
  "firewall endpoints",
  "interface endpoints",
  "Resolver endpoint addresses",
  "hosted zones",
  "EKS clusters",
  "nodes",
  "EBS volumes",
  "KMS keys",
  "alarms",
  "dashboards",
] as const;
export type CostPart = (typeof COST_PARTS)[number];

/** Hours in a month, as in the AWS Pricing Calculator. */
export const HOURS_PER_MONTH = 730;

/** What an account has for free each month (Amazon CloudWatch pricing, "Free tier"). */
const FREE_ALARM_METRICS = 10;
const FREE_DASHBOARDS = 3;

const VPN = "aws:ec2/vpnConnection:VpnConnection";
/** Types that are, or have, an attachment to a transit gateway. */
const ATTACHMENTS = [
  ...["aws:ec2transitgateway/vpcAttachment:VpcAttachment", VPN],
  "aws:directconnect/gatewayAssociation:GatewayAssociation",
];

/** Number of hosted zones in an account with the higher price. */
const ZONES_AT_HIGHER_PRICE = 25;

/**
 * Monthly cost of a stack before traffic, part by part. A plan does not know usage (traffic, DNS queries, images, the
 * delivery and storage of logs). What is free (VPCs, the transit gateway itself, S3 gateway endpoints, resource shares,
 * roles) is not listed.
 */
export function costsOf(resources: readonly Costing[], prices: Prices): CostItem[] {
  const ofType = (type: string): readonly Costing[] => resources.filter((resource) => resource.type === type);
  const count = (type: string): number => ofType(type).length;
  const monthly = (part: CostPart, count: number, price: number | undefined): CostItem => ({
    part,
    count,
    monthly: price === undefined ? null : inCents(count * price),
  });
  const hourly = (part: CostPart, count: number, price: number | undefined): CostItem =>
    monthly(part, count, price === undefined ? undefined : price * HOURS_PER_MONTH);
  const endpoints = ofType("aws:ec2/vpcEndpoint:VpcEndpoint").filter(isInterfaceEndpoint);
  // One endpoint per AZ; the price list has no source for its price.
  const firewalls = ofType("aws:networkfirewall/firewall:Firewall").map(({ inputs }) =>
    lengthOf(inputs["availabilityZoneMappings"]),
  );
  const items = [
    hourly("NAT gateways", sum(ofType("aws:ec2/natGateway:NatGateway").map(billedZones)), prices.natGatewayHour),
    hourly("public IPv4 addresses", count("aws:ec2/eip:Eip"), prices.publicIpv4Hour),
    hourly(
      "transit gateway attachments",
      // Also those of external sites (AWS Transit Gateway pricing).
      sum(ATTACHMENTS.map(count)),
      prices.transitGatewayAttachmentHour,
    ),
    hourly("VPN connections", count(VPN), prices.vpnConnectionHour),
    monthly("firewall endpoints", sum(firewalls), undefined),
    hourly(
      "interface endpoints",
      sum(endpoints.map(({ inputs }) => lengthOf(inputs["subnetIds"]))),
      prices.interfaceEndpointHour,
    ),
    hourly(
      "Resolver endpoint addresses",
      sum(ofType("aws:route53/resolverEndpoint:ResolverEndpoint").map(({ inputs }) => lengthOf(inputs["ipAddresses"]))),
      prices.resolverAddressHour,
    ),
    costOfZones(count("aws:route53/zone:Zone"), prices),
    hourly("EKS clusters", count("aws:eks/cluster:Cluster"), prices.clusterHour),
    ...costsOfNodes(resources, prices),
    monthly("KMS keys", count("aws:kms/key:Key"), prices.keyMonth),
    costOfAlarms(ofType("aws:cloudwatch/metricAlarm:MetricAlarm"), count(COMPOSITE_ALARM), prices),
    costOfDashboards(count("aws:cloudwatch/dashboard:Dashboard"), prices),
  ];
  return items.filter((item) => item.count > 0);
}

/** AZs in which a NAT gateway is billed by the hour: a regional one in each of its AZs (Amazon VPC Pricing). */
function billedZones({ inputs }: Costing): number {
  return inputs["availabilityMode"] === "regional" ? lengthOf(inputs["availabilityZoneAddresses"]) : 1;
}

/** Hosted zones: the first 25 of an account cost more than the others (Amazon Route 53 pricing, "Hosted zones"). */
function costOfZones(count: number, { hostedZoneMonth, furtherHostedZoneMonth }: Prices): CostItem {
  const further = Math.max(0, count - ZONES_AT_HIGHER_PRICE);
  const known = hostedZoneMonth !== undefined && (further === 0 || furtherHostedZoneMonth !== undefined);
  return {
    part: "hosted zones",
    count,
    monthly: known ? inCents((count - further) * hostedZoneMonth + further * (furtherHostedZoneMonth ?? 0)) : null,
  };
}

const COMPOSITE_ALARM = "aws:cloudwatch/compositeAlarm:CompositeAlarm";

/** Alarms: AWS bills each metric that an alarm reads, and each composite alarm. */
function costOfAlarms(
  alarms: readonly Costing[],
  composites: number,
  { alarmMetricMonth, compositeAlarmMonth }: Prices,
): CostItem {
  const metrics = sum(alarms.map(({ inputs }) => Math.max(1, lengthOf(inputs["metricQueries"]) - 1)));
  const billed = Math.max(0, metrics - FREE_ALARM_METRICS);
  const known = alarmMetricMonth !== undefined && compositeAlarmMonth !== undefined;
  return {
    part: "alarms",
    count: alarms.length + composites,
    monthly: known ? inCents(billed * alarmMetricMonth + composites * compositeAlarmMonth) : null,
  };
}

function costOfDashboards(count: number, { dashboardMonth }: Prices): CostItem {
  const billed = Math.max(0, count - FREE_DASHBOARDS);
  return { part: "dashboards", count, monthly: dashboardMonth === undefined ? null : inCents(billed * dashboardMonth) };
}

/** The managed nodes; the launch template has their instance type and disk. */
function costsOfNodes(resources: readonly Costing[], prices: Prices): CostItem[] {
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
  const hours = sum(sized.map((each) => each.count * (each.hour ?? 0) * HOURS_PER_MONTH));
  const disks = prices.volumeGibMonth === undefined ? null : inCents(gib * prices.volumeGibMonth);
  return [
    { part: "nodes", count, monthly: known ? inCents(hours) : null },
    { part: "EBS volumes", count, monthly: disks },
  ];
}

function volumeGib(template: Costing | undefined): number {
  const devices = (template?.inputs["blockDeviceMappings"] ?? []) as { ebs?: { volumeSize?: number } }[];
  return sum(devices.map(({ ebs }) => ebs?.volumeSize ?? 0));
}

/** Whether an endpoint is an interface endpoint. */
export function isInterfaceEndpoint({ inputs }: Costing): boolean {
  return inputs["vpcEndpointType"] === "Interface";
}

/** An amount rounded to whole cents. */
function inCents(amount: number): number {
  return Math.round(amount * 100) / 100;
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((left, right) => left + right, 0);
}

/** Monthly cost by part; null where a price is missing, absent where there is nothing to pay. */
export type CostByPart = Readonly<Partial<Record<CostPart, number | null>>>;

export function byPart(items: readonly CostItem[]): CostByPart {
  return Object.fromEntries(items.map(({ part, monthly }) => [part, monthly]));
}

/** The cost of `after` minus the cost of `before`, in whole cents; parts that cost the same are absent. */
export function costDifference(before: readonly CostItem[], after: readonly CostItem[]): CostByPart {
  const parts = new Set([...before, ...after].map(({ part }) => part));
  const differing = [...parts].flatMap((part) => {
    const old = ofPart(before, part);
    const now = ofPart(after, part);
    if (old.count === now.count && old.monthly === now.monthly) return [];
    const unpriced = old.monthly === null || now.monthly === null;
    return [[part, unpriced ? null : inCents(now.monthly - old.monthly)] as const];
  });
  return Object.fromEntries(differing);
}

/** Sum of the known prices, in whole cents. */
export function total(costs: CostByPart): number {
  return sumInCents(Object.values(costs).map((monthly) => monthly ?? 0));
}

/** A sum rounded to whole cents, which removes the errors of binary fractions. */
export function sumInCents(amounts: readonly number[]): number {
  return inCents(sum(amounts));
}

/** Parts that {@link total} leaves out because they have no price. */
export function unknownParts(costs: CostByPart): CostPart[] {
  return (Object.entries(costs) as [CostPart, number | null][]).flatMap(([part, monthly]) =>
    monthly === null ? [part] : [],
  );
}

function ofPart(items: readonly CostItem[], part: CostPart): Pick<CostItem, "count" | "monthly"> {
  return items.find((item) => item.part === part) ?? { count: 0, monthly: 0 };
}
