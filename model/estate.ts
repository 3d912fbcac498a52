import { networkModel, type NetworkModel, type Subnet, type Vpc } from "./network";
import type { ModelResource } from "./resource";

/** All stacks together, which is what a promise is about. */
export interface Estate {
  readonly stacks: readonly EstateStack[];
  /** IPv4 block that all networks are cut from. */
  readonly addressSpace: string;
  readonly model: NetworkModel;
}

export interface EstateStack {
  readonly name: string;
  readonly isHub: boolean;
  readonly resources: readonly ModelResource[];
}

export type Tier = "public" | "private" | "transit";

export function estate(stacks: readonly EstateStack[], addressSpace: string): Estate {
  return { stacks, addressSpace, model: networkModel(stacks.flatMap(({ resources }) => resources)) };
}

/** The VPC of a stack. */
export function vpcOf({ model }: Estate, stack: EstateStack): Vpc | undefined {
  return model.vpcs.find(({ id }) => stack.resources.some((resource) => resource.id === id));
}

/** Subnets of a stack's VPC, of one tier or of all. */
export function subnetsOf(all: Estate, stack: EstateStack, tier?: Tier): readonly Subnet[] {
  const vpc = vpcOf(all, stack);
  return all.model.subnets.filter(
    ({ vpcId, name }) => vpcId === vpc?.id && (tier === undefined || name.startsWith(`${stack.name}-${tier}-`)),
  );
}
