import { Address4 } from "ip-address";
import { VPC_PREFIX } from "../address-plan";
import type { Rule } from "./faults";

/** Private ranges with room for two /16 or more: RFC 1918 without 192.168.0.0/16, and RFC 6598. */
const ADDRESS_SPACES = ["10.0.0.0/8", "172.16.0.0/12", "100.64.0.0/10"];

/** Addresses of private networks: RFC 1918 and RFC 6598. */
export const PRIVATE_RANGES = [...ADDRESS_SPACES, "192.168.0.0/16"];

/** The block that a text of the form ADDRESS/PREFIX names, host bits or not; undefined for any other text. */
export function parseCidr(text: string): Address4 | undefined {
  return text.includes("/") && Address4.isValid(text) ? new Address4(text) : undefined;
}

export function overlaps(a: Address4, b: Address4): boolean {
  return a.isInSubnet(b) || b.isInSubnet(a);
}

/** The space that all networks are cut from: private, and larger than one network. */
export const addressSpaceRule: Rule = (text) =>
  cidrRule(text, "10.0.0.0/8", (block) => {
    if (isWithin(ADDRESS_SPACES, block) && block.subnetMask < VPC_PREFIX) return undefined;
    return `must be a /8 to /${VPC_PREFIX - 1} within ${ADDRESS_SPACES.join(", ")} (RFC 1918, RFC 6598)`;
  });

/** Private ranges that EKS takes for Kubernetes services, and the sizes (Amazon EKS API Reference, `KubernetesNetworkConfigRequest`). */
const SERVICE_RANGES = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];
const SERVICE_PREFIXES = { shortest: 12, longest: 24 } as const;

/** Where the services of a cluster get their addresses. */
export const kubernetesServiceCidrRule: Rule = (text) =>
  cidrRule(text, "172.20.0.0/16", (block) => {
    const { shortest, longest } = SERVICE_PREFIXES;
    const fits = block.subnetMask >= shortest && block.subnetMask <= longest;
    return fits && isWithin(SERVICE_RANGES, block)
      ? undefined
      : `must be a /${shortest} to /${longest} within ${SERVICE_RANGES.join(", ")}, as EKS requires`;
  });

/** What the CIDRs of networks depend on; undefined where it has a fault itself. */
export interface Spaces {
  /** IPv4 CIDR that all networks are cut from. */
  readonly addressSpace: string | undefined;
  /** IPv4 CIDR of the clusters' Kubernetes services. */
  readonly kubernetesServiceCidr: string | undefined;
}

/** The CIDR of one VPC. */
export function networkCidrRule({ addressSpace, kubernetesServiceCidr }: Spaces): Rule {
  const services = kubernetesServiceCidr === undefined ? undefined : new Address4(kubernetesServiceCidr);
  const space = addressSpace === undefined ? undefined : new Address4(addressSpace);
  return (text) =>
    cidrRule(text, "10.1.0.0/16", (block) => {
      if (block.subnetMask !== VPC_PREFIX) {
        return `must be a /${VPC_PREFIX}, which the address plan divides into subnets`;
      }
      if (space !== undefined && !block.isInSubnet(space)) {
        return `outside the address space; choose a /${VPC_PREFIX} within ${space.networkForm()}`;
      }
      if (services !== undefined && overlaps(block, services)) {
        const advice = `choose another /${VPC_PREFIX}, or another kubernetes-service-cidr before the first cluster`;
        return `overlaps kubernetes-service-cidr, ${services.networkForm()}; ${advice}`;
      }
      return undefined;
    });
}

export function isWithin(ranges: readonly string[], block: Address4): boolean {
  return ranges.some((range) => block.isInSubnet(new Address4(range)));
}

/** The faults that any CIDR may have, and if there is none, those that only a rule of its own finds. */
export function cidrRule(
  text: string,
  example: string,
  rule: (block: Address4) => string | undefined,
): string | undefined {
  const block = parseCidr(text);
  if (block === undefined) return `must be an IPv4 CIDR, such as ${example}`;
  if (block.networkForm() !== text) return `has host bits set; the CIDR is ${block.networkForm()}`;
  return rule(block);
}
