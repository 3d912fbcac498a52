import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type PolicyDocument } from "../policy-document";

/** Namespace of add-ons and Karpenter. */
const NAMESPACE = "kube-system";

/**
 * Lets the pods of one service account of one cluster assume a role. EKS names the cluster, the namespace and the
 * service account in session tags (Amazon EKS User Guide, "Create IAM role with trust policy required by EKS Pod
 * Identity"). Without the condition, any association in the account could use the role.
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
  /** Service account in {@link NAMESPACE} whose pods get the role. */
  readonly serviceAccount: string;
  /** Names of AWS managed policies. Plain strings: each is an attachment. @default none */
  readonly managedPolicies?: readonly string[];
  /** Inline policies, by purpose. Plain keys: each is a resource. @default none */
  readonly policies?: Readonly<Record<string, pulumi.Input<PolicyDocument>>>;
}

/**
 * Role of a service account's pods with EKS Pod Identity, which needs no OIDC provider and nothing in the manifests.
 */
export class PodIdentityRole extends pulumi.ComponentResource {
  /**
   * Association of the service account with the role. It exists once the role has its policies: pods start after it.
   */
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
    // Not the argument `podIdentityAssociations` of an add-on, so that add-ons and Karpenter work alike.
    this.association = new aws.eks.PodIdentityAssociation(
      name,
      { clusterName, namespace: NAMESPACE, serviceAccount, roleArn: role.arn },
      { ...mine, dependsOn: permissions },
    );
    this.registerOutputs({});
  }
}
