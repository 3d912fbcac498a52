import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { IMAGE_CACHES } from "../facts/image-caches";
import { policyDocument, type PolicyDocument } from "../policy-document";

/**
 * What every node needs (Amazon EKS User Guide, "Amazon EKS node IAM role"): to join and to fetch pods' credentials, to
 * pull images, to be reached by Session Manager. The VPC CNI has a role of its own.
 */
const MANAGED_POLICIES = [
  "AmazonEKSWorkerNodePolicy",
  "AmazonEC2ContainerRegistryPullOnly",
  "AmazonSSMManagedInstanceCore",
] as const;

/**
 * The first pull of a public image by the hub's cache: it makes the repository and fills it, on behalf of the node that
 * pulls (Amazon ECR User Guide, "IAM permissions required to sync an upstream registry with an Amazon ECR private
 * registry"). Across accounts the registry's policy and the puller's own must both allow it.
 *
 * @param registryArn `arn:aws:ecr:REGION:HUB`, without the repository
 */
export function firstPullPolicy(registryArn: string): PolicyDocument {
  return policyDocument({
    Sid: "FillTheCache",
    Effect: "Allow",
    Action: ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"],
    Resource: IMAGE_CACHES.map(({ prefix }) => `${registryArn}:repository/${prefix}/*`),
  });
}

export interface NodeRoleArgs {
  /** `arn:aws:ecr:REGION:HUB`, what the ARNs of the hub's repositories begin with. */
  readonly registryArn: string;
}

/** The role of nodes: what the kubelet may do, and pods may not, as they cannot reach the instance's metadata. */
export class NodeRole extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  readonly name: pulumi.Output<string>;
  /** What the role may do. Nodes come after these and go before them. */
  readonly permissions: readonly pulumi.Resource[];

  constructor(name: string, { registryArn }: NodeRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:spoke:NodeRole", name, {}, opts);
    const mine = { parent: this };
    const trust = policyDocument({
      Effect: "Allow",
      Principal: { Service: "ec2.amazonaws.com" },
      Action: "sts:AssumeRole",
    });
    // The name is left to Pulumi: EKS remembers a role by its unique id, so a new role must not take an old one's name.
    const role = new aws.iam.Role(name, { assumeRolePolicy: JSON.stringify(trust) }, mine);
    const attachments = MANAGED_POLICIES.map(
      (policy) =>
        new aws.iam.RolePolicyAttachment(
          `${name}-${policy}`,
          { role: role.name, policyArn: `arn:aws:iam::aws:policy/${policy}` },
          mine,
        ),
    );
    const firstPull = new aws.iam.RolePolicy(
      `${name}-first-pull`,
      { role: role.name, policy: JSON.stringify(firstPullPolicy(registryArn)) },
      mine,
    );
    this.arn = role.arn;
    this.name = role.name;
    this.permissions = [...attachments, firstPull];
    this.registerOutputs({ arn: this.arn, name: this.name });
  }
}
