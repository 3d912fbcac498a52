import type { AllStacks } from "../../../../tools/model/resource";
import { idOf, modify, type Modification } from "../../../support/modifications";

/** A mistake in the plan: one change, or the few that only together do harm. */
export interface Mutation {
  readonly what: string;
  /** The changes, by stack. */
  readonly modifications: Readonly<Record<string, readonly Modification[]>>;
  /** Exactly the checks that fail. */
  readonly breaks: readonly string[];
}

/** A change that fails no check, and why that is right. */
export interface Survivor extends Omit<Mutation, "breaks"> {
  readonly reason: string;
}

export function applyMutation(all: AllStacks, { modifications }: Pick<Mutation, "modifications">): AllStacks {
  return Object.entries(modifications).reduce((changed, [stack, list]) => modify(changed, stack, ...list), all);
}

/** A mutation of one stack. */
export const on = (
  stack: string,
  what: string,
  breaks: readonly string[],
  ...modifications: readonly Modification[]
): Mutation => ({ what, breaks, modifications: { [stack]: modifications } });

export const TGW = "ec2transitgateway";
export const TRANSIT_GATEWAY = idOf(`aws:${TGW}/transitGateway:TransitGateway`, "hub");
export const table = (name: string): string => idOf("aws:ec2/routeTable:RouteTable", name);
export const subnet = (name: string): string => idOf("aws:ec2/subnet:Subnet", name);
export const vpc = (name: string): string => idOf("aws:ec2/vpc:Vpc", name);
export const transitTable = (name: string): string => idOf(`aws:${TGW}/routeTable:RouteTable`, name);
export const attachment = (name: string): string => idOf(`aws:${TGW}/vpcAttachment:VpcAttachment`, name);
export const zone = (name: string): string => idOf("aws:route53/zone:Zone", name);
export const group = (name: string): string => idOf("aws:ec2/securityGroup:SecurityGroup", name);
