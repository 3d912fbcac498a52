import { key, symbolicId, type Identity } from "../engine/resource";
import type { Properties } from "../engine/wire";
import { Reference, type Answer, type Child, type Output, type Request } from "./cloud";

const VPC = "aws:ec2/vpc:Vpc";
const GATEWAY = "aws:ec2/internetGateway:InternetGateway";
const SUBNET = "aws:ec2/subnet:Subnet";
const TABLE = "aws:ec2/routeTable:RouteTable";
const ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation";
const ROUTE = "aws:ec2/route:Route";
const ADDRESS = "aws:ec2/eip:Eip";
const NAT = "aws:ec2/natGateway:NatGateway";

/** The order that awsx gives subnets inside a zone, whatever the order of the specs. */
const TYPE_ORDER = ["Public", "Private", "Isolated"];

interface Spec {
  readonly type: string;
  readonly name?: string;
  readonly cidrBlocks: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
}

interface Args {
  readonly cidrBlock: string;
  readonly availabilityZoneNames: readonly string[];
  readonly enableDnsHostnames?: boolean;
  readonly natGateways?: { readonly strategy?: string };
  readonly subnetSpecs: readonly Spec[];
  readonly subnetStrategy?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * The children and outputs of `awsx.ec2.Vpc` 3.9 for the arguments that this program uses: explicit blocks under
 * the strategy Auto. Names, parents, tags, order and dependencies are those of real deployments.
 */
export function awsxVpc(request: Request): Answer {
  const args = request.inputs as unknown as Args;
  if (args.subnetStrategy !== "Auto") throw new Error(`${key(request)}: only subnetStrategy "Auto" keeps cidrBlocks`);
  const children: Child[] = [];
  const make = (
    type: string,
    name: string,
    parent: Identity,
    inputs: Properties,
    after: readonly Identity[],
  ): Child => {
    const child = { type, name, parent: key(parent), inputs, dependsOn: after.map(key) };
    children.push(child);
    return child;
  };
  const tag = (name: string, more: Properties = {}): Properties => ({ ...args.tags, ...more, Name: name });

  const vpcId = symbolicId({ type: VPC, name: request.name });
  const vpc = make(
    VPC,
    request.name,
    request,
    {
      cidrBlock: args.cidrBlock,
      ...(args.enableDnsHostnames === undefined ? {} : { enableDnsHostnames: args.enableDnsHostnames }),
      tags: tag(request.name),
    },
    [],
  );
  const gateway = make(GATEWAY, request.name, vpc, { vpcId, tags: tag(request.name) }, [vpc]);

  const specs = [...args.subnetSpecs].sort((a, b) => TYPE_ORDER.indexOf(a.type) - TYPE_ORDER.indexOf(b.type));
  const strategy = args.natGateways?.strategy ?? "OnePerAz";
  const nats: Child[] = [];
  args.availabilityZoneNames.forEach((availabilityZone, zone) => {
    for (const spec of specs) {
      const name = `${request.name}-${spec.name ?? spec.type.toLowerCase()}-${String(zone + 1)}`;
      const subnet = make(
        SUBNET,
        name,
        vpc,
        {
          vpcId,
          cidrBlock: spec.cidrBlocks[zone] ?? "",
          availabilityZone,
          mapPublicIpOnLaunch: spec.type === "Public",
          assignIpv6AddressOnCreation: false,
          tags: { ...tag(name, { ...spec.tags }), SubnetType: spec.type },
        },
        [vpc],
      );
      const table = make(TABLE, name, subnet, { vpcId, tags: { ...tag(name), SubnetType: spec.type } }, [subnet, vpc]);
      const routeTableId = symbolicId(table);
      make(ASSOCIATION, name, table, { routeTableId, subnetId: symbolicId(subnet) }, [table, subnet]);

      const defaultRoute = { routeTableId, destinationCidrBlock: "0.0.0.0/0" };
      if (spec.type === "Public") {
        make(ROUTE, name, table, { ...defaultRoute, gatewayId: symbolicId(gateway) }, [gateway, table]);
        if (strategy === "OnePerAz" || (strategy === "Single" && zone === 0)) {
          const natName = `${request.name}-${String(zone + 1)}`;
          const address = make(ADDRESS, natName, subnet, { tags: tag(natName) }, [subnet]);
          const inputs = { allocationId: symbolicId(address), subnetId: symbolicId(subnet), tags: tag(natName) };
          nats.push(make(NAT, natName, subnet, inputs, [address, subnet]));
        }
      }
      const nat = nats[zone] ?? nats[0];
      if (spec.type === "Private" && nat !== undefined) {
        make(ROUTE, name, table, { ...defaultRoute, natGatewayId: symbolicId(nat) }, [nat, table]);
      }
    }
  });
  return { id: "", children, ...outputs(children) };
}

function outputs(children: readonly Child[]): Pick<Answer, "outputs" | "dependencies"> {
  const ofType = (type: string): Child[] => children.filter((child) => child.type === type);
  const subnetsOf = (kind: string): Child[] =>
    ofType(SUBNET).filter(({ inputs }) => (inputs["tags"] as Properties)["SubnetType"] === kind);
  const references = (list: readonly Child[]): Reference[] => list.map((child) => new Reference(key(child)));
  const network = [...ofType(VPC), ...ofType(SUBNET)].map(key);

  const resources = {
    vpc: ofType(VPC),
    internetGateway: ofType(GATEWAY),
    subnets: ofType(SUBNET),
    publicSubnets: subnetsOf("Public"),
    privateSubnets: subnetsOf("Private"),
    isolatedSubnets: subnetsOf("Isolated"),
    routeTables: ofType(TABLE),
    routeTableAssociations: ofType(ASSOCIATION),
    routes: ofType(ROUTE),
    eips: ofType(ADDRESS),
    natGateways: ofType(NAT),
    vpcEndpoints: [],
  } satisfies Record<string, readonly Child[]>;
  const single = ["vpc", "internetGateway"];

  const result: Record<string, Output> = {
    vpcId: symbolicId(resources.vpc[0] as Child),
    publicSubnetIds: resources.publicSubnets.map(symbolicId),
    privateSubnetIds: resources.privateSubnets.map(symbolicId),
    isolatedSubnetIds: resources.isolatedSubnets.map(symbolicId),
  };
  const dependencies: Record<string, readonly string[]> = {
    vpcId: network,
    publicSubnetIds: network,
    privateSubnetIds: network,
    isolatedSubnetIds: network,
  };
  for (const [name, list] of Object.entries(resources)) {
    result[name] = single.includes(name) ? (references(list)[0] ?? null) : references(list);
    dependencies[name] = [...network, ...list.filter(({ type }) => type !== SUBNET && type !== VPC).map(key)];
  }
  dependencies["vpc"] = resources.vpc.map(key);
  dependencies["internetGateway"] = [...resources.vpc, ...resources.internetGateway].map(key);
  return { outputs: result, dependencies };
}
