import type { ModelResource, Properties } from "../../model/resource";
import type { Resources } from "../../model/topology/resources";
import type { Concern } from "../live/rule";
import type { IngressRule } from "../../model/topology/security-groups";

/**
 * Something that exists on a resource of a stack but belongs to no stack, such as a route added in the console. It has the
 * form of a Pulumi resource, so that the checks include it.
 */
export interface Addition extends ModelResource {
  /** The resource that has it: a route table, a security group, a role. */
  readonly on: ModelResource;
  /** Short description: `10.3.0.0/16 → tgw-1`. */
  readonly words: string;
  /** What it affects. */
  readonly concern: Concern;
}

/** The resources of the stacks. */
export interface Managed {
  readonly resources: Resources;
  /** By security group. */
  readonly rules: ReadonlyMap<string, readonly IngressRule[]>;
}

/** Finds what a resource has in addition to what the stacks manage. */
export type Find = (on: ModelResource, managed: Managed) => readonly Addition[];

/** An addition of a type, with the inputs that a program would set. */
export function addition(on: ModelResource, type: string, inputs: Properties, words: string): Addition {
  const concern = type.startsWith("aws:iam/") ? "access" : "reach";
  return { on, type, name: `${on.name} (added outside Pulumi)`, id: "", inputs, words, concern };
}

/** The outputs of a resource, to be read like inputs. */
export function told({ outputs = {} }: ModelResource): { readonly inputs: Properties } {
  return { inputs: outputs };
}
