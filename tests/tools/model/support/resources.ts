import type { ModelResource, Properties } from "../../../../tools/model/resource";
import { topologyOf, type Subnet, type Topology, type VpcNetwork } from "../../../../tools/model/topology/topology";

/**
 * Builders of planned resources for small networks. The resource `one` has the id `${one}`. The first part of a name is
 * the VPC: the table `one-private` is in VPC `one`, and so is the subnet `one-private-1`, in the first AZ.
 */
export type Part = readonly ModelResource[];

export const ZONES = ["ap-southeast-3a", "ap-southeast-3b", "ap-southeast-3c"] as const;

/** Destination → name of the target; `pl-mine` is the prefix list of that name. */
export type Routes = Readonly<Record<string, string>>;

export function ref(name: string): string {
  return `\${${name}}`;
}

export function resource(type: string, name: string, inputs: Properties = {}): ModelResource {
  return { type: `aws:${type}`, name, id: ref(name), inputs };
}

/** The topology of one stack, the hub. */
export function topology(...parts: readonly Part[]): Topology {
  return topologyOf({ stacks: [{ name: "hub", isHub: true, resources: parts.flat() }] });
}

export function subnetIn({ subnetById }: Topology, name: string): Subnet {
  const found = subnetById.get(ref(name));
  if (found === undefined) throw new Error(`there is no subnet ${name}`);
  return found;
}

/** With the DNS settings that private hosted zones need, unless `inputs` change them. */
export function vpc(name: string, cidrBlock: string, inputs: Properties = {}): Part {
  return [resource("ec2/vpc:Vpc", name, { cidrBlock, enableDnsHostnames: true, ...inputs })];
}

/** A secondary CIDR of a VPC. */
export function block(vpcName: string, cidrBlock: string): Part {
  const type = "ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation";
  return [resource(type, `${vpcName}-${cidrBlock}`, { vpcId: ref(vpcName), cidrBlock })];
}

const SUBNET_TYPES: Readonly<Record<string, string>> = { public: "Public", transit: "Isolated" };

/** `VPC-public-N` assigns public addresses. It uses `table`, or the main route table of its VPC. */
export function subnet(name: string, cidrBlock: string, table?: string): Part {
  const [vpcName = "", tier = "", number] = name.split("-");
  const inputs = {
    ...{ vpcId: ref(vpcName), cidrBlock, availabilityZone: ZONES[Number(number) - 1] },
    mapPublicIpOnLaunch: tier === "public",
    tags: { SubnetType: SUBNET_TYPES[tier] ?? "Private" },
  };
  const association = { subnetId: ref(name), routeTableId: ref(table ?? "") };
  return [
    resource("ec2/subnet:Subnet", name, inputs),
    ...(table === undefined
      ? []
      : [resource("ec2/routeTableAssociation:RouteTableAssociation", `${name}-table`, association)]),
  ];
}

export function table(name: string, routes: Routes = {}): Part {
  const [vpcName = ""] = name.split("-");
  return [resource("ec2/routeTable:RouteTable", name, { vpcId: ref(vpcName) }), ...routesIn(name, ref(name), routes)];
}

/** Separate route resources in a table, which is given by id. */
export function routesIn(prefix: string, routeTableId: string, routes: Routes): Part {
  return Object.entries(routes).map(([destination, target]) =>
    resource("ec2/route:Route", `${prefix} ${destination}`, { routeTableId, ...route(destination, target) }),
  );
}

const TARGETS: Readonly<Record<string, string>> = {
  igw: "gatewayId",
  vgw: "gatewayId",
  nat: "natGatewayId",
  tgw: "transitGatewayId",
  pcx: "vpcPeeringConnectionId",
};

/** The inputs of a route; the kind of its target is the prefix of the name, as in AWS's ids. */
export function route(destination: string, target: string, blockProperty = "destinationCidrBlock"): Properties {
  const to = { [TARGETS[target.split("-")[0] ?? ""] ?? "networkInterfaceId"]: ref(target) };
  const isList = destination.startsWith("pl-");
  return { ...(isList ? { destinationPrefixListId: ref(destination) } : { [blockProperty]: destination }), ...to };
}

/** A prefix list that the stack creates. */
export function prefixList(name: string, ...blocks: readonly string[]): Part {
  return [resource("ec2/managedPrefixList:ManagedPrefixList", name, { entries: blocks.map((cidr) => ({ cidr })) })];
}

export function internetGateway(name: string, vpcName: string): Part {
  return [resource("ec2/internetGateway:InternetGateway", name, { vpcId: ref(vpcName) })];
}

/** A public NAT gateway with an Elastic IP address, unless `inputs` change it. */
export function nat(name: string, subnetName: string, inputs: Properties = {}): Part {
  const address = inputs["connectivityType"] === "private" ? {} : { allocationId: ref(`eip-${name}`) };
  return [resource("ec2/natGateway:NatGateway", name, { subnetId: ref(subnetName), ...address, ...inputs })];
}

/** A gateway endpoint for an AWS service, such as `s3`, in some route tables. */
export function gatewayEndpoint(name: string, service: string, ...tables: readonly string[]): Part {
  const serviceName = `com.amazonaws.ap-southeast-3.${service}`;
  return [resource("ec2/vpcEndpoint:VpcEndpoint", name, { serviceName, routeTableIds: tables.map(ref) })];
}

export function interfaceEndpoint(name: string, service: string, inputs: Properties): Part {
  const serviceName = `com.amazonaws.ap-southeast-3.${service}`;
  return [resource("ec2/vpcEndpoint:VpcEndpoint", name, { serviceName, vpcEndpointType: "Interface", ...inputs })];
}

/** A private hosted zone of `one`. The domain is also its resource name; records are name → address. */
export function zone(name: string, records: Routes, vpcs: readonly string[] = ["one"]): Part {
  return [
    resource("route53/zone:Zone", name, { name, vpcs: vpcs.map((each) => ({ vpcId: ref(each) })) }),
    ...Object.entries(records).map(([record, address]) => aRecord(name, record, { records: [address] })),
  ];
}

export function aRecord(zoneName: string, name: string, inputs: Properties): ModelResource {
  return resource("route53/record:Record", `${name}@${zoneName}`, {
    ...{ zoneId: ref(zoneName), name, type: "A" },
    ...inputs,
  });
}

export function networkOne(topology: Topology): VpcNetwork {
  return topology.networks.find(({ name }) => name === "one")!;
}
