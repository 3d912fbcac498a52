import { items, text, textIn, texts, type ModelResource } from "../resource";
import { serviceOf } from "./route-tables";
import type { Resources } from "./resources";

/** Where something of AWS's listens in a VPC. */
export interface Listener {
  readonly subnetId: string;
  /** Pinned address; null where AWS chooses one of the subnet's. */
  readonly address: string | null;
}

/** An interface endpoint. */
export interface InterfaceEndpoint {
  readonly id: string;
  readonly name: string;
  readonly vpcId: string;
  /** `ecr.api`. */
  readonly service: string;
  /** Whether AWS makes it answer to the service's public name, in its own VPC. */
  readonly privateDns: boolean;
  readonly listeners: readonly Listener[];
  readonly groupIds: readonly string[];
  /** Names that AWS gave it; in a plan one symbol. */
  readonly dnsNames: readonly string[];
}

/** An inbound resolver endpoint: the VPC's resolver, for whoever reaches it. */
export interface InboundResolver {
  readonly id: string;
  readonly name: string;
  readonly listeners: readonly Listener[];
  readonly groupIds: readonly string[];
}

export function interfaceEndpoints(resources: Resources): readonly InterfaceEndpoint[] {
  return resources.ofType("aws:ec2/vpcEndpoint:VpcEndpoint").flatMap((endpoint) => {
    if (text(endpoint, "vpcEndpointType") !== "Interface") return [];
    return {
      id: endpoint.id,
      name: endpoint.name,
      vpcId: text(endpoint, "vpcId"),
      service: serviceOf(text(endpoint, "serviceName")),
      privateDns: endpoint.inputs["privateDnsEnabled"] === true,
      listeners: texts(endpoint, "subnetIds").map((subnetId) => ({ subnetId, address: null })),
      groupIds: texts(endpoint, "securityGroupIds"),
      dnsNames: dnsNames(endpoint),
    };
  });
}

/** What records point to. */
function dnsNames(endpoint: ModelResource): string[] {
  const { id, outputs } = endpoint;
  if (outputs === undefined) return [id.replace(/\}$/, ".dnsEntries[0].dnsName}")];
  return items({ inputs: outputs }, "dnsEntries").map((entry) => textIn(entry, "dnsName"));
}

export function inboundResolvers(resources: Resources): readonly InboundResolver[] {
  return resources.ofType("aws:route53/resolverEndpoint:ResolverEndpoint").flatMap((resolver) => {
    if (text(resolver, "direction") !== "INBOUND") return [];
    return {
      id: resolver.id,
      name: resolver.name,
      listeners: items(resolver, "ipAddresses").map((each) => ({
        subnetId: textIn(each, "subnetId"),
        address: textIn(each, "ip") || null,
      })),
      groupIds: texts(resolver, "securityGroupIds"),
    };
  });
}
