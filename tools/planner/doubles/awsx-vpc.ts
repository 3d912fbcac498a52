import {
  type Answer,
  type Child,
  Children,
  key,
  type Output,
  type Properties,
  Reference,
  type Request,
  symbolicId,
} from "../engine/resource";

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
  const children = new Children();
  const vpcId = symbolicId({ type: VPC, name: request.name });
  const { cidrBlock, enableDnsHostnames } = args;
  const vpc = children.add(
    VPC,
    request.name,
    request,
    {
      cidrBlock,
      ...(enableDnsHostnames === undefined ? {} : { enableDnsHostnames }),
      tags: tags(args, request.name),
    },
    [],
  );
  const gateway = children.add(GATEWAY, request.name, vpc, { vpcId, tags: tags(args, request.name) }, [key(vpc)]);

  const specs = [...args.subnetSpecs].sort((a, b) => TYPE_ORDER.indexOf(a.type) - TYPE_ORDER.indexOf(b.type));
  const strategy = args.natGateways?.strategy ?? "OnePerAz";
  const nats: Child[] = [];
  args.availabilityZoneNames.forEach((availabilityZone, zone) => {
    for (const spec of specs) {
      const name = `${request.name}-${spec.name ?? spec.type.toLowerCase()}-${String(zone + 1)}`;
      const { subnet, table } = addSubnet({ name, spec, zone, availabilityZone, vpc }, args, children);
      const defaultRoute = { routeTableId: symbolicId(table), destinationCidrBlock: "0.0.0.0/0" };
      if (spec.type === "Public") {
        const inputs = { ...defaultRoute, gatewayId: symbolicId(gateway) };
        children.add(ROUTE, name, table, inputs, [key(gateway), key(table)]);
        if (strategy === "OnePerAz" || (strategy === "Single" && zone === 0)) {
          nats.push(addNatGateway(`${request.name}-${String(zone + 1)}`, subnet, args, children));
        }
      }
      const nat = nats[zone] ?? nats[0];
      if (spec.type === "Private" && nat !== undefined) {
        const inputs = { ...defaultRoute, natGatewayId: symbolicId(nat) };
        children.add(ROUTE, name, table, inputs, [key(nat), key(table)]);
      }
    }
  });
  return { id: "", children: children.all, ...outputs(children.all) };
}

interface SubnetPlace {
  readonly name: string;
  readonly spec: Spec;
  /** Index of the AZ. */
  readonly zone: number;
  readonly availabilityZone: string;
  readonly vpc: Child;
}

/** A subnet with its route table. */
function addSubnet(
  { name, spec, zone, availabilityZone, vpc }: SubnetPlace,
  args: Args,
  children: Children,
): { readonly subnet: Child; readonly table: Child } {
  const vpcId = symbolicId(vpc);
  const subnet = children.add(
    SUBNET,
    name,
    vpc,
    {
      vpcId,
      cidrBlock: spec.cidrBlocks[zone] ?? "",
      availabilityZone,
      mapPublicIpOnLaunch: spec.type === "Public",
      assignIpv6AddressOnCreation: false,
      tags: { ...tags(args, name, { ...spec.tags }), SubnetType: spec.type },
    },
    [key(vpc)],
  );
  const tableInputs = { vpcId, tags: { ...tags(args, name), SubnetType: spec.type } };
  const table = children.add(TABLE, name, subnet, tableInputs, [key(subnet), key(vpc)]);
  const association = { routeTableId: symbolicId(table), subnetId: symbolicId(subnet) };
  children.add(ASSOCIATION, name, table, association, [key(table), key(subnet)]);
  return { subnet, table };
}

function addNatGateway(name: string, subnet: Child, args: Args, children: Children): Child {
  const address = children.add(ADDRESS, name, subnet, { tags: tags(args, name) }, [key(subnet)]);
  const inputs = { allocationId: symbolicId(address), subnetId: symbolicId(subnet), tags: tags(args, name) };
  return children.add(NAT, name, subnet, inputs, [key(address), key(subnet)]);
}

function tags(args: Args, name: string, more: Properties = {}): Properties {
  return { ...args.tags, ...more, Name: name };
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
