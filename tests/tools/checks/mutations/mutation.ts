import type { AllStacks } from "../../../../tools/model/stacks";
import { bent, idOf, type Bend } from "../../../support/bend";

/** A slip in what is planned: one change, or the few that only together do harm. */
export interface Mutation {
  readonly what: string;
  /** What is done, by stack. */
  readonly bends: Readonly<Record<string, readonly Bend[]>>;
  /** The checks that it breaks, exactly. */
  readonly breaks: readonly string[];
}

/** A change that no check is broken by, and why that is right. */
export interface Survivor extends Omit<Mutation, "breaks"> {
  readonly reason: string;
}

export function mutated(all: AllStacks, { bends }: Pick<Mutation, "bends">): AllStacks {
  return Object.entries(bends).reduce((estate, [stack, list]) => bent(estate, stack, ...list), all);
}

/** A slip in one stack. */
export const on = (stack: string, what: string, breaks: readonly string[], ...bends: readonly Bend[]): Mutation => ({
  ...{ what, breaks, bends: { [stack]: bends } },
});

export const TGW = "ec2transitgateway";
export const TRANSIT_GATEWAY = idOf(`aws:${TGW}/transitGateway:TransitGateway`, "hub");
export const table = (name: string): string => idOf("aws:ec2/routeTable:RouteTable", name);
export const subnet = (name: string): string => idOf("aws:ec2/subnet:Subnet", name);
export const vpc = (name: string): string => idOf("aws:ec2/vpc:Vpc", name);
export const transitTable = (name: string): string => idOf(`aws:${TGW}/routeTable:RouteTable`, name);
export const attachment = (name: string): string => idOf(`aws:${TGW}/vpcAttachment:VpcAttachment`, name);
export const zone = (name: string): string => idOf("aws:route53/zone:Zone", name);
export const group = (name: string): string => idOf("aws:ec2/securityGroup:SecurityGroup", name);
