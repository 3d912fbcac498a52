import type { ModelResource } from "../../resource";

/** A resource that the model does not follow, or not wholly. */
export interface Reported {
  readonly resource: ModelResource;
  /** Goes on after the name of the resource: `has the vpcId vpc-1, which no stack makes`. */
  readonly why: string;
}
