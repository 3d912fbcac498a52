import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type PolicyDocument } from "../policy-document";

/** Namespace of all that keeps a cluster going. */
export const NAMESPACE = "kube-system";

/**
 * Lets the pods of one service account of one cluster take a role. EKS names the three in session tags (Amazon EKS User
 * Guide, "Create IAM role with trust policy required by EKS Pod Identity"); without the condition any association in
 * the account could give the role away.
 */
function podIdentityTrust(clusterArn: string, serviceAccount: string): PolicyDocument {
  return policyDocument({
    Effect: "Allow",
    Principal: { Service: "pods.eks.amazonaws.com" },
    Action: ["sts:AssumeRole", "sts:TagSession"],
    Condition: {
      StringEquals: {
        "aws:RequestTag/eks-cluster-arn": clusterArn,
        "aws:RequestTag/kubernetes-namespace": NAMESPACE,
        "aws:RequestTag/kubernetes-service-account": serviceAccount,
      },
    },
  });
}

export interface PodIdentityRoleArgs {
  readonly clusterName: pulumi.Input<string>;
  readonly clusterArn: string;
  /** Service account in {@link NAMESPACE} whose pods take the role. */
  readonly serviceAccount: string;
  /** AWS's own policies, by name. Plain: each is an attachment. @default none */
  readonly managedPolicies?: readonly string[];
  /** Policies of ours, by what they are for. Plain keys: each is a resource. @default none */
  readonly policies?: Readonly<Record<string, pulumi.Input<PolicyDocument>>>;
}

/** Role of a service account's pods, by EKS Pod Identity: no OpenID provider, and no word of it in the manifests. */
export class PodIdentityRole extends pulumi.ComponentResource {
  /** Joins the service account to the role, and the role may then do all that it will: pods start after this. */
  readonly association: aws.eks.PodIdentityAssociation;

  constructor(
    name: string,
    { clusterName, clusterArn, serviceAccount, managedPolicies = [], policies = {} }: PodIdentityRoleArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("piksel:spoke:PodIdentityRole", name, {}, opts);
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
    // A resource of its own, and not the add-on's argument of that name: one way for add-ons and for Karpenter.
    this.association = new aws.eks.PodIdentityAssociation(
      name,
      { clusterName, namespace: NAMESPACE, serviceAccount, roleArn: role.arn },
      { ...mine, dependsOn: permissions },
    );
    this.registerOutputs({});
  }
}
