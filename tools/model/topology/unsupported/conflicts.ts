import { ENDPOINT_SERVICES, endpointService } from "../../../../components/facts/endpoint-services";
import { isSameBlock, overlap } from "../../addresses/ranges";
import { attribute, items, text, textIn, texts, type ModelResource } from "../../resource";
import { awsServiceOf, dnsName } from "../endpoints-and-zones";
import { groupBy, type Resources } from "../resources";
import type { Route, RouteTables } from "../route-tables";
import type { Transit } from "../transit-gateways";
import { EC2, TRANSIT, type Unsupported } from "./coverage";

/** A setting of which AWS allows one: what it applies to, and its value. */
interface Claim {
  readonly resource: ModelResource;
  readonly key: string;
  readonly value: string;
}

/**
 * Conflicting settings. AWS accepts one and refuses or replaces the other, and a plan does not show which: two route
 * tables for a subnet, two DHCP option sets for a VPC, two routes in a table for one CIDR.
 */
export function conflictingSettings(resources: Resources, tables: RouteTables, transit: Transit): Unsupported[] {
  const claims = [
    ...claimsOf(resources, `${EC2}/routeTableAssociation:RouteTableAssociation`, "subnetId", "routeTableId"),
    ...claimsOf(resources, `${EC2}/mainRouteTableAssociation:MainRouteTableAssociation`, "vpcId", "routeTableId"),
    ...claimsOf(resources, `${EC2}/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation`, "vpcId", "dhcpOptionsId"),
    ...claimsOf(resources, `${EC2}/internetGatewayAttachment:InternetGatewayAttachment`, "internetGatewayId", "vpcId"),
    ...resources
      .ofType(`${EC2}/internetGateway:InternetGateway`)
      .filter((each) => text(each, "vpcId") !== "")
      .map((resource) => ({ resource, key: `vpcId ${resource.id}`, value: text(resource, "vpcId") })),
    ...aclClaims(resources),
    ...ruleClaims(resources),
    ...zoneClaims(resources),
    ...recordClaims(resources),
    ...resources.ofType(`${TRANSIT}/vpcAttachment:VpcAttachment`).map((resource) => ({
      ...{ resource, key: `${text(resource, "vpcId")} ${text(resource, "transitGatewayId")}`, value: resource.id },
    })),
    ...transit.associations.flatMap(({ attachmentId, tableId }) => {
      const resource = resources.byId(attachmentId) ?? transit.siteById.get(attachmentId)?.resource;
      return resource === undefined ? [] : [{ resource, key: attachmentId, value: tableId }];
    }),
  ];
  return [
    ...[...groupBy(claims, ({ key }) => key).values()].flatMap((same) => contradictions(same)),
    ...routesTwice(resources, tables),
    ...transitRoutesTwice(resources),
  ];
}

/** Every setting that differs from the first; unknown values are ignored. */
function contradictions(claims: readonly Claim[]): Unsupported[] {
  const [first, ...others] = claims.filter(({ value }) => value !== "");
  return others
    .filter(({ value }) => value !== first?.value)
    .map(({ resource, value }) => ({
      resource,
      why: `sets ${value}, which conflicts with ${first?.value ?? ""} in ${first?.resource.name ?? ""}`,
    }));
}

function claimsOf(resources: Resources, type: string, subject: string, value: string): Claim[] {
  return resources
    .ofType(type)
    .filter((each) => text(each, subject) !== "")
    .map((resource) => ({
      ...{ resource, key: `${value} ${resources.reference(resource, subject)}` },
      value: resources.reference(resource, value),
    }));
}

/** Subnets by their network ACLs. */
function aclClaims(resources: Resources): Claim[] {
  const inside = resources
    .ofType(`${EC2}/networkAcl:NetworkAcl`, `${EC2}/defaultNetworkAcl:DefaultNetworkAcl`)
    .flatMap((resource) =>
      texts(resource, "subnetIds").map((id) => ({
        ...{ resource, key: `networkAclId ${id}`, value: resources.canonical(resource.id) },
      })),
    );
  return [
    ...inside,
    ...claimsOf(resources, `${EC2}/networkAclAssociation:NetworkAclAssociation`, "subnetId", "networkAclId"),
  ];
}

/** Rules of network ACLs by rule number; AWS creates a default network ACL with rule 100. */
function ruleClaims(resources: Resources): Claim[] {
  const inside = resources
    .ofType(`${EC2}/networkAcl:NetworkAcl`, `${EC2}/defaultNetworkAcl:DefaultNetworkAcl`)
    .flatMap((resource) =>
      ["ingress", "egress"].flatMap((direction) =>
        items(resource, direction).map((rule) => ({
          ...{ resource, value: JSON.stringify(rule) },
          key: `${resources.canonical(resource.id)} ${direction} ${String(rule["ruleNo"])}`,
        })),
      ),
    );
  const separate = resources.ofType(`${EC2}/networkAclRule:NetworkAclRule`).map((resource) => ({
    ...{ resource, value: resource.id },
    key: [
      resources.reference(resource, "networkAclId"),
      resource.inputs["egress"] === true ? "egress" : "ingress",
      String(resource.inputs["ruleNumber"]),
    ].join(" "),
  }));
  const adopted = new Set(
    resources.ofType(`${EC2}/defaultNetworkAcl:DefaultNetworkAcl`).map((each) => resources.canonical(each.id)),
  );
  const byAws = resources.ofType(`${EC2}/vpc:Vpc`).flatMap((resource) => {
    const id = attribute(resource, "defaultNetworkAclId");
    const keys = adopted.has(id) ? [] : ["ingress", "egress"].map((direction) => `${id} ${direction} 100`);
    return keys.map((key) => ({ resource, key, value: "allow everything" }));
  });
  return [...byAws, ...inside, ...separate];
}

/** Hosted zone names by VPC: a VPC can be associated with one hosted zone per name (Amazon Route 53 API Reference, ConflictingDomainExists). */
function zoneClaims(resources: Resources): Claim[] {
  const zones = resources.ofType("aws:route53/zone:Zone");
  const domains = new Map(zones.map((zone) => [zone.id, dnsName(text(zone, "name"))]));
  const claim = (resource: ModelResource, zoneId: string, vpcId: string): Claim[] => {
    const domain = domains.get(zoneId);
    return (domain ?? "") === "" ? [] : [{ resource, key: `${domain ?? ""} in ${vpcId}`, value: zoneId }];
  };
  return [
    ...zones.flatMap((zone) => items(zone, "vpcs").flatMap((each) => claim(zone, zone.id, textIn(each, "vpcId")))),
    ...resources
      .ofType("aws:route53/zoneAssociation:ZoneAssociation")
      .flatMap((each) => claim(each, text(each, "zoneId"), text(each, "vpcId"))),
    ...endpointZones(resources),
  ];
}

/** AWS manages a hosted zone for each endpoint with private DNS; the VPC can have no other of that name. */
function endpointZones(resources: Resources): Claim[] {
  return resources.ofType(`${EC2}/vpcEndpoint:VpcEndpoint`).flatMap((resource) => {
    const { service = "", region = "" } = awsServiceOf(text(resource, "serviceName")) ?? {};
    if (resource.inputs["privateDnsEnabled"] !== true || !ENDPOINT_SERVICES.includes(service)) return [];
    return endpointService(service, region).zones.map(({ domain }) => ({
      ...{ resource, key: `${domain} in ${text(resource, "vpcId")}`, value: resource.id },
    }));
  });
}

/** Records by name and type: a hosted zone has one of each, except with a routing policy. */
function recordClaims(resources: Resources): Claim[] {
  return resources
    .ofType("aws:route53/record:Record")
    .filter((each) => text(each, "setIdentifier") === "" && text(each, "name") !== "" && text(each, "zoneId") !== "")
    .map((resource) => ({
      ...{ resource, value: resource.id },
      key: ["zoneId", "name", "type"].map((property) => dnsName(text(resource, property))).join(" "),
    }));
}

/**
 * Routes of one table for the same CIDR with different targets, and overlapping entries of two prefix lists, of which AWS
 * chooses one at random (Amazon VPC User Guide, "How route priority works").
 */
function routesTwice(resources: Resources, { byId }: RouteTables): Unsupported[] {
  return [...byId.values()].flatMap(({ name, vpcId, routes }) => {
    const vpc = resources.byId(vpcId);
    const second = routes.find((route, index) => routes.slice(0, index).some((before) => isContrary(route, before)));
    const why = `has two routes for ${second?.destination ?? ""} in route table ${name}; AWS accepts only one`;
    return vpc === undefined || second === undefined ? [] : [{ resource: vpc, why }];
  });
}

function isContrary(one: Route, other: Route): boolean {
  if (one.target === other.target || one.kind === "gateway endpoint" || other.kind === "gateway endpoint") return false;
  if (one.list !== undefined && other.list !== undefined) return overlap(one.destination, other.destination);
  return one.list === other.list && isSameBlock(one.destination, other.destination);
}

/** Static routes of one transit gateway route table for the same CIDR. */
function transitRoutesTwice(resources: Resources): Unsupported[] {
  const tables = groupBy(resources.ofType(`${TRANSIT}/route:Route`), (route) =>
    resources.reference(route, "transitGatewayRouteTableId"),
  );
  const to = (route: ModelResource): string =>
    route.inputs["blackhole"] === true ? "a blackhole" : text(route, "transitGatewayAttachmentId");
  return [...tables.values()].flatMap((routes) =>
    routes.flatMap((resource, index) => {
      const block = text(resource, "destinationCidrBlock");
      const isTwice = (before: ModelResource): boolean =>
        isSameBlock(text(before, "destinationCidrBlock"), block) && to(before) !== to(resource);
      const first = routes.slice(0, index).find(isTwice);
      return first === undefined
        ? []
        : [{ resource, why: `has the destination ${block}, like ${first.name}, but another target` }];
    }),
  );
}
