import {
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
} from "@pulumi/kubernetes/admissionregistration/v1";
import * as pulumi from "@pulumi/pulumi";
import type { InternalPolicy } from "./internal-policies";

export interface InternalLoadBalancersArgs {
  readonly policies: readonly InternalPolicy[];
}

/** Refuses what would create a load balancer on the internet, before a controller reads it. */
export class InternalLoadBalancers extends pulumi.ComponentResource {
  constructor(name: string, { policies }: InternalLoadBalancersArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:platform:InternalLoadBalancers", name, {}, opts);
    const mine = { parent: this };
    for (const { name: policyName, apiGroups, resources, validations } of policies) {
      const policy = new ValidatingAdmissionPolicy(
        `${name}-${policyName}`,
        {
          metadata: { name: policyName },
          spec: {
            failurePolicy: "Fail",
            matchConstraints: {
              resourceRules: [
                {
                  apiGroups: [...apiGroups],
                  apiVersions: ["*"],
                  operations: ["CREATE", "UPDATE"],
                  resources: [...resources],
                },
              ],
            },
            // Its controller removes the finalizer of an object that was created before the policy and is now deleted.
            matchConditions: [{ name: "is-not-being-deleted", expression: "!has(object.metadata.deletionTimestamp)" }],
            validations: validations.map((each) => ({ ...each, reason: "Forbidden" })),
          },
        },
        mine,
      );
      new ValidatingAdmissionPolicyBinding(
        `${name}-${policyName}`,
        { metadata: { name: policyName }, spec: { policyName, validationActions: ["Deny"] } },
        { ...mine, dependsOn: [policy] },
      );
    }
    this.registerOutputs({});
  }
}
