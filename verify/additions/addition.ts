import type { ModelResource, Properties } from "../../model/resource";
import type { Resources } from "../../model/topology/resources";
import type { Concern } from "../live/rule";
import type { Rule } from "../../model/topology/security-groups";

/**
 * Something that AWS has on a resource of a stack and that no stack has made, as the resource that a program would make
 * for it, so that the checks see it.
 */
export interface Addition extends ModelResource {
  /** What it is on: a route table, a security group, a role. */
  readonly on: ModelResource;
  /** What it is, in short: `10.3.0.0/16 → tgw-1`. */
  readonly words: string;
  /** What it decides. */
  readonly concern: Concern;
}

/** What the stacks have made. */
export interface Managed {
  readonly resources: Resources;
  /** By security group. */
  readonly rules: ReadonlyMap<string, readonly Rule[]>;
}

/** What is on a resource beside what the stacks have made there. */
export type Find = (on: ModelResource, managed: Managed) => readonly Addition[];

/** An addition of a type, with what a program would ask for. */
export function addition(on: ModelResource, type: string, inputs: Properties, words: string): Addition {
  const concern = type.startsWith("aws:iam/") ? "access" : "reach";
  return { on, type, name: `${on.name} (made outside of Pulumi)`, id: "", inputs, words, concern };
}

/** The outputs of a resource, to be read as its inputs are. */
export function told({ outputs = {} }: ModelResource): { readonly inputs: Properties } {
  return { inputs: outputs };
}
