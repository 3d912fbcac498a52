import { Address4 } from "ip-address";
import { VPC_PREFIX } from "../address-plan";
import type { Rule } from "./faults";

/**
 * Where the clusters' Kubernetes services get their addresses: one of the two blocks that EKS chooses from, the one
 * outside 10.0.0.0/8 (Amazon EKS API Reference, `KubernetesNetworkConfigRequest`).
 */
export const KUBERNETES_SERVICE_CIDR = "172.20.0.0/16";

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
    return `must be a block of /8 to /${VPC_PREFIX - 1} within ${ADDRESS_SPACES.join(", ")} (RFC 1918, RFC 6598)`;
  });

/** The block of one VPC, in an address space that is undefined when it has a fault itself. */
export function networkCidrRule(addressSpace: string | undefined): Rule {
  const space = addressSpace === undefined ? undefined : new Address4(addressSpace);
  return (text) =>
    cidrRule(text, "10.1.0.0/16", (block) => {
      if (block.subnetMask !== VPC_PREFIX) {
        return `must be a /${VPC_PREFIX}, which is what the address plan cuts into subnets`;
      }
      if (space !== undefined && !block.isInSubnet(space)) {
        return `outside the address space; choose a /${VPC_PREFIX} within ${space.networkForm()}`;
      }
      if (overlaps(block, new Address4(KUBERNETES_SERVICE_CIDR))) {
        return `${KUBERNETES_SERVICE_CIDR} is for the clusters' Kubernetes services; choose another /${VPC_PREFIX}`;
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
  if (block.networkForm() !== text) return `has host bits set; the block is ${block.networkForm()}`;
  return rule(block);
}
