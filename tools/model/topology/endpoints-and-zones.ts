import { attribute, items, type ModelResource, text, textIn, texts } from "../resource";
import { groupBy, type Resources } from "./resources";

/** A network interface of an AWS service in a subnet. */
export interface Listener {
  readonly subnetId: string;
  /** Address from the inputs; null: AWS chooses one in the subnet. */
  readonly address: string | null;
}

/** An interface endpoint. */
export interface InterfaceEndpoint {
  readonly id: string;
  readonly name: string;
  readonly vpcId: string;
  /** `ecr.api`. */
  readonly service: string;
  /** Private DNS: whether the service's public name resolves to it in its own VPC. */
  readonly privateDns: boolean;
  readonly listeners: readonly Listener[];
  readonly groupIds: readonly string[];
  /** DNS names that AWS assigns; in a plan, one placeholder. */
  readonly dnsNames: readonly string[];
}

/** A Resolver inbound endpoint: answers as the VPC's own resolver to everyone who reaches it. */
export interface InboundResolver {
  readonly id: string;
  readonly name: string;
  readonly listeners: readonly Listener[];
  readonly groupIds: readonly string[];
}

export function readInterfaceEndpoints(resources: Resources): readonly InterfaceEndpoint[] {
  return resources.ofType("aws:ec2/vpcEndpoint:VpcEndpoint").flatMap((endpoint) => {
    if (endpointType(endpoint) !== "Interface") return [];
    return {
      id: endpoint.id,
      name: endpoint.name,
      vpcId: text(endpoint, "vpcId"),
      service: awsServiceOf(text(endpoint, "serviceName"))?.service ?? text(endpoint, "serviceName"),
      privateDns: endpoint.inputs["privateDnsEnabled"] === true,
      listeners: listenersOf(endpoint),
      groupIds: groupsOf(resources, endpoint, text(endpoint, "vpcId")),
      dnsNames: dnsNames(endpoint),
    };
  });
}

/** One address in each subnet, which `subnetConfigurations` may set. */
function listenersOf(endpoint: ModelResource): Listener[] {
  const pinned = new Map(
    items(endpoint, "subnetConfigurations").map((each) => [textIn(each, "subnetId"), textIn(each, "ipv4")]),
  );
  return [...new Set([...texts(endpoint, "subnetIds"), ...pinned.keys()])]
    .filter((subnetId) => subnetId !== "")
    .map((subnetId) => ({ subnetId, address: pinned.get(subnetId) || null }));
}

/** Its security groups; by default, the VPC's default one (Amazon EC2 API Reference, CreateVpcEndpoint). */
function groupsOf(resources: Resources, each: ModelResource, vpcId: string): readonly string[] {
  const groups = resources.references(each, "securityGroupIds");
  const vpc = resources.byId(vpcId);
  if (groups.length > 0 || vpc === undefined) return groups;
  return [resources.canonical(attribute(vpc, "defaultSecurityGroupId"))];
}

/** DNS names of an endpoint, to which alias records point. */
function dnsNames(endpoint: ModelResource): string[] {
  const { id, outputs } = endpoint;
  if (outputs === undefined) return [id.replace(/\}$/, ".dnsEntries[0].dnsName}")];
  return items({ inputs: outputs }, "dnsEntries").map((entry) => textIn(entry, "dnsName"));
}

export function readInboundResolvers(resources: Resources): readonly InboundResolver[] {
  return resources.ofType("aws:route53/resolverEndpoint:ResolverEndpoint").flatMap((resolver) => {
    if (text(resolver, "direction") !== "INBOUND") return [];
    return {
      id: resolver.id,
      name: resolver.name,
      listeners: items(resolver, "ipAddresses").map((each) => ({
        subnetId: textIn(each, "subnetId"),
        address: textIn(each, "ip") || null,
      })),
      groupIds: groupsOf(resources, resolver, vpcOf(resources, resolver)),
    };
  });
}

/** The VPC of a Resolver endpoint: that of its first address. */
function vpcOf(resources: Resources, resolver: ModelResource): string {
  const [first] = items(resolver, "ipAddresses").map((each) => resources.byId(textIn(each, "subnetId")));
  return first === undefined ? "" : text(first, "vpcId");
}

/** A gateway endpoint in a route table. */
export interface GatewayEndpoint {
  /** Id of the route table. */
  readonly table: string;
  readonly id: string;
  readonly name: string;
  /** `s3`; empty for a service that is not AWS's. */
  readonly service: string;
  readonly region: string;
}

/** Gateway endpoints by route table: those of the property `routeTableIds` and of separate associations. */
export function readGatewayEndpoints(resources: Resources): GatewayEndpoint[] {
  const separate = groupBy(
    resources.ofType("aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation"),
    (each) => text(each, "vpcEndpointId"),
  );
  return resources.ofType("aws:ec2/vpcEndpoint:VpcEndpoint").flatMap((endpoint) => {
    if (endpointType(endpoint) !== "Gateway") return [];
    const { id, name } = endpoint;
    const { region, service } = awsServiceOf(text(endpoint, "serviceName")) ?? { region: "", service: "" };
    const tables = (separate.get(id) ?? []).map((each) => resources.reference(each, "routeTableId"));
    return [...resources.references(endpoint, "routeTableIds"), ...tables].map((table) => ({
      table,
      id,
      name,
      service,
      region,
    }));
  });
}

/** Gateway is the default type (Amazon EC2 API Reference, CreateVpcEndpoint). */
export function endpointType(endpoint: ModelResource): string {
  return text(endpoint, "vpcEndpointType") || "Gateway";
}

/** `com.amazonaws.REGION.ecr.api` → `ecr.api` in REGION; undefined for a third party's service. */
export function awsServiceOf(serviceName: string): { readonly region: string; readonly service: string } | undefined {
  const [, region = "", service = ""] =
    /^(?:cn\.)?com\.amazonaws\.([a-z]{2}(?:-[a-z]+)+-\d)\.(.+)$/.exec(serviceName) ?? [];
  return region === "" || service.startsWith("vpce-svc-") ? undefined : { region, service };
}

/** A private hosted zone. */
export interface PrivateZone {
  readonly id: string;
  /** Logical name of the resource. */
  readonly resource: string;
  /** In lower case, without a trailing dot. */
  readonly domain: string;
  /** VPCs that are associated with it. */
  readonly vpcIds: ReadonlySet<string>;
  readonly records: readonly DnsRecord[];
}

export interface DnsRecord {
  readonly resource: string;
  /** Full name, in lower case, without a trailing dot. */
  readonly name: string;
  readonly type: string;
  /** Its values, or the name of its alias target. */
  readonly values: readonly string[];
}

/** Private hosted zones with their records and the VPCs that any stack associates with them. */
export function readPrivateZones(resources: Resources): readonly PrivateZone[] {
  const associations = groupBy(resources.ofType("aws:route53/zoneAssociation:ZoneAssociation"), (each) =>
    text(each, "zoneId"),
  );
  const records = groupBy(resources.ofType("aws:route53/record:Record"), (each) => text(each, "zoneId"));
  return resources
    .ofType("aws:route53/zone:Zone")
    .map((zone) => {
      const domain = dnsName(text(zone, "name"));
      return {
        id: zone.id,
        resource: zone.name,
        domain,
        vpcIds: new Set([
          ...items(zone, "vpcs").map((each) => textIn(each, "vpcId")),
          ...(associations.get(zone.id) ?? []).map((each) => text(each, "vpcId")),
        ]),
        records: (records.get(zone.id) ?? []).map((record) => ({
          resource: record.name,
          name: recordName(text(record, "name"), domain),
          type: text(record, "type"),
          values: [...texts(record, "records"), ...items(record, "aliases").map((alias) => textIn(alias, "name"))],
        })),
      };
    })
    .filter(({ vpcIds }) => vpcIds.size > 0);
}

/** The domain of all names, which a Resolver rule may have. */
const ROOT = ".";

/** A name in comparable form: lower case, without a trailing dot (RFC 1034, 3.1). */
export function dnsName(name: string): string {
  return name === ROOT ? ROOT : name.toLowerCase().replace(/\.$/, "");
}

/** The full name of a record. A resource may give it relative to its zone: `db` in `internal`; empty for the zone itself. */
function recordName(name: string, domain: string): string {
  const given = dnsName(name);
  if (given === "") return domain;
  return isAtOrBelow(given, domain) ? given : `${given}.${domain}`;
}

/** Whether a name is that of a domain or below it. */
export function isAtOrBelow(name: string, domain: string): boolean {
  return domain === ROOT || name === domain || name.endsWith(`.${domain}`);
}
