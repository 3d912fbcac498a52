import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { parameterPath } from "../names";

export interface DeletionGuardArgs {
  /** Prefix of the parameter's name. */
  readonly prefix: string;
  /** Name of the network. */
  readonly network: string;
  /** Component of the stack, whose children a destroy must not delete while `protect` is true. */
  readonly guarded: pulumi.Resource;
  /** What awsx makes for it inside its plugin: a dependency on a component does not reach those. */
  readonly parts: pulumi.Output<readonly pulumi.Resource[]>;
  /** Refuse to delete the stack. */
  readonly protect: boolean;
}

/**
 * The resource that a destroy meets first. Pulumi refuses to delete a protected resource when it comes to it, and deletes
 * in the order of dependencies: without this one, `pulumi destroy --skip-preview` deletes whatever nothing depends on,
 * routes and records among it, before it comes to a protected resource.
 *
 * This parameter depends on everything, so it is first and alone in that order.
 */
export class DeletionGuard extends pulumi.ComponentResource {
  constructor(
    name: string,
    { prefix, network, guarded, parts, protect }: DeletionGuardArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("piksel:network:DeletionGuard", name, {}, opts);
    new aws.ssm.Parameter(
      `${name}-deletion-guard`,
      {
        name: `${parameterPath(prefix, network)}/deletion-guard`,
        type: "String",
        description: "Depends on every resource of the stack, so that a destroy stops here while protect is true",
        value: `The stack ${network} is deployed`,
      },
      { parent: this, protect, dependsOn: parts.apply((list) => [guarded, ...list]) },
    );
    this.registerOutputs({});
  }
}
