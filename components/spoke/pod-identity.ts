import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ServiceAccount } from "../kubernetes-names";
import { policyDocument, type PolicyDocument } from "../policy-document";

/**
 * Lets the pods of one service account of one cluster assume a role. EKS names the cluster, the namespace and the
 * service account in session tags (Amazon EKS User Guide, "Create IAM role with trust policy required by EKS Pod
 * Identity"). Without the condition, any association in the account could use the role.
 */
function podIdentityTrust(clusterArn: string, { namespace, name }: ServiceAccount): PolicyDocument {
  return policyDocument({
    Effect: "Allow",
    Principal: { Service: "pods.eks.amazonaws.com" },
    Action: ["sts:AssumeRole", "sts:TagSession"],
    Condition: {
      StringEquals: {
        "aws:RequestTag/eks-cluster-arn": clusterArn,
        "aws:RequestTag/kubernetes-namespace": namespace,
        "aws:RequestTag/kubernetes-service-account": name,
      },
    },
  });
}

/** Lets a role take a role of another account, and nothing else. EKS passes its session tags on. */
function takeRolePolicy(roleArn: string): PolicyDocument {
  return policyDocument({
    Sid: "TakeTargetRole",
    Effect: "Allow",
    Action: ["sts:AssumeRole", "sts:TagSession"],
    Resource: roleArn,
  });
}

export interface PodIdentityRoleArgs {
  readonly clusterName: pulumi.Input<string>;
  readonly clusterArn: string;
  /** Service account whose pods get the role. */
  readonly serviceAccount: ServiceAccount;
  /** Names of AWS managed policies. Plain strings: each is an attachment. @default none */
  readonly managedPolicies?: readonly string[];
  /** Inline policies, by purpose. Plain keys: each is a resource. @default none */
  readonly policies?: Readonly<Record<string, pulumi.Input<PolicyDocument>>>;
  /**
   * ARN of a role in another account whose credentials the pods get, by way of their own role (Amazon EKS User Guide,
   * "Access AWS resources using EKS Pod Identity target IAM roles"). Plain: it decides on a policy. @default none
   */
  readonly targetRoleArn?: string;
}

/**
 * Role of a service account's pods with EKS Pod Identity, which needs no OIDC provider and nothing in the manifests.
 */
export class PodIdentityRole extends pulumi.ComponentResource {
  /**
   * Association of the service account with the role. It exists once the role has its policies: pods start after it.
   */
  readonly association: aws.eks.PodIdentityAssociation;

  constructor(name: string, args: PodIdentityRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:spoke:PodIdentityRole", name, {}, opts);
    const { clusterName, clusterArn, serviceAccount, managedPolicies = [], targetRoleArn } = args;
    const target = targetRoleArn === undefined ? {} : { "target-role": takeRolePolicy(targetRoleArn) };
    const policies = { ...args.policies, ...target };
    const mine = { parent: this };
    const role = new aws.iam.Role(
      name,
      { assumeRolePolicy: JSON.stringify(podIdentityTrust(clusterArn, serviceAccount)) },
      mine,
    );
    const permissions = [
      ...managedPolicies.map(
        (policy) =>
          new aws.iam.RolePolicyAttachment(
            `${name}-${policy}`,
            { role: role.name, policyArn: `arn:aws:iam::aws:policy/${policy}` },
            mine,
          ),
      ),
      ...Object.entries(policies).map(
        ([concern, policy]) =>
          new aws.iam.RolePolicy(
            `${name}-${concern}`,
            { role: role.name, policy: pulumi.output(policy).apply((document) => JSON.stringify(document)) },
            mine,
          ),
      ),
    ];
    // Not the argument `podIdentityAssociations` of an add-on, so that add-ons and Karpenter work alike.
    this.association = new aws.eks.PodIdentityAssociation(
      name,
      {
        clusterName,
        namespace: serviceAccount.namespace,
        serviceAccount: serviceAccount.name,
        roleArn: role.arn,
        ...(targetRoleArn === undefined ? {} : { targetRoleArn }),
      },
      { ...mine, dependsOn: permissions },
    );
    this.registerOutputs({});
  }
}
