import type { ModelResource } from "../../resource";

/** A resource that the model does not fully cover. */
export interface Reported {
  readonly resource: ModelResource;
  /** Continues the sentence after the resource's name: `has the vpcId vpc-1, which is not in any stack`. */
  readonly why: string;
}
