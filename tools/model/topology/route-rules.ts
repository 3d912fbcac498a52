import { contains, isSameBlock } from "../addresses/blocks";
import type { Route } from "./route-tables";

/** Blocks of a VPC, and those of its subnets, as CIDRs. */
export interface VpcBlocks {
  readonly blocks: readonly string[];
  readonly subnets: readonly string[];
}

/** What a route for a part of the VPC may lead to: a NAT gateway, a network interface, a Gateway Load Balancer endpoint. */
const TO_MIDDLEBOXES = ["natGatewayId", "networkInterfaceId", "instanceId", "vpcEndpointId"];

/**
 * Whether AWS refuses a route. A route that is more specific than the local one is for the whole block of a subnet, and
 * leads to a middlebox; a second route for the VPC's own block is none (Amazon VPC User Guide, "Configure route tables"
 * and "How route priority works").
 */
export function isRefused({ destination, property }: Route, { blocks, subnets }: VpcBlocks): boolean {
  if (!blocks.some((each) => contains(each, destination))) return false;
  if (blocks.some((each) => isSameBlock(each, destination))) return true;
  return !TO_MIDDLEBOXES.includes(property) || !subnets.some((each) => isSameBlock(each, destination));
}
