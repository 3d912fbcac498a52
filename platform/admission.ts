import {
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
} from "@pulumi/kubernetes/admissionregistration/v1";
import * as pulumi from "@pulumi/pulumi";
import type { AdmissionPolicy } from "./admission-policies";

export interface AdmissionArgs {
  readonly policies: readonly AdmissionPolicy[];
}

/** Refuses objects that policies do not allow, before a controller or a node reads them. */
export class Admission extends pulumi.ComponentResource {
  constructor(name: string, { policies }: AdmissionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:platform:Admission", name, {}, opts);
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
            // Lets a controller remove the finalizer of an object that is older than the policy and is being deleted.
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
